//! What a file has beside its content: the new file that takes its place gets the same.

use std::fs::{self, File, Metadata};

/// Gives `new` the owner and the group of the old file, and returns the mode that it may then have.
///
/// Only root gives files away, and others a group that they are in; what is not allowed is left. Another group than the
/// old one gets no more than everybody.
#[cfg(unix)]
pub(super) fn kept_permissions(new: &File, old: &Metadata) -> fs::Permissions {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
    let has_group = fchown(new, Some(old.uid()), Some(old.gid()))
        .or_else(|_| fchown(new, None, Some(old.gid())))
        .is_ok();
    let mode = old.mode();
    let group_mode = if has_group {
        mode & 0o070
    } else {
        (mode & 0o007) << 3
    };
    fs::Permissions::from_mode((mode & !0o070) | group_mode)
}

#[cfg(not(unix))]
pub(super) fn kept_permissions(_new: &File, old: &Metadata) -> fs::Permissions {
    old.permissions()
}
