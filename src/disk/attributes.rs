//! What a file has beside its content: owner, mode, extended attributes, access control lists. The new file that takes
//! its place gets the same.
//!
//! Times are not among them. What the file system does not have, or the user has no right to, is left; what there is no
//! room for is an error.

use std::fs::File;
use std::io;

use super::calls;

/// The access control list of a file, as Linux keeps it.
#[cfg(unix)]
const ACCESS_LIST: &str = "system.posix_acl_access";

/// Attributes that vouch for the content that the file had: on another content they would be a lie, and a system that
/// asks for them would not let it be read.
#[cfg(unix)]
const OF_CONTENT: [&str; 2] = ["security.ima", "security.evm"];

/// Gives `new`, which is written already, what `old` has beside its content.
///
/// Another owner or group takes rights away, a mode is part of an access control list, and a write takes some attributes
/// away: hence this order.
#[cfg(unix)]
pub(super) fn keep(new: &File, old: &File) -> io::Result<()> {
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let metadata = old.metadata()?;
    // Only root gives files away, and others a group that they are in; what is not allowed is left.
    let group = metadata.gid();
    let has_group = calls::set_owner(new, Some(metadata.uid()), group)
        .or_else(|_| calls::set_owner(new, None, group))
        .is_ok();
    let mode = metadata.mode();
    // Another group than the old one gets no more than everybody.
    let group_mode = if has_group {
        mode & 0o070
    } else {
        (mode & 0o007) << 3
    };
    let permissions = Permissions::from_mode((mode & !0o070) | group_mode);
    calls::set_mode(new, permissions)?;
    keep_extended(new, old, has_group)
}

#[cfg(not(unix))]
pub(super) fn keep(new: &File, old: &File) -> io::Result<()> {
    calls::set_mode(new, old.metadata()?.permissions())
}

/// The access control list comes with the group that it was made for, or not at all: it would give its rights to another.
#[cfg(unix)]
fn keep_extended(new: &File, old: &File, has_group: bool) -> io::Result<()> {
    use calls::attribute::{list, read, remove, set};
    let names = allowed(list(old))?.unwrap_or_default();
    let is_kept = |name: &&std::ffi::OsString| {
        !OF_CONTENT.iter().any(|of_content| *name == of_content)
            && (has_group || *name != ACCESS_LIST)
    };
    let mut has_list = false;
    for name in names.iter().filter(is_kept) {
        has_list |= name == ACCESS_LIST;
        if let Some(value) = allowed(read(old, name))?.flatten() {
            allowed(set(new, name, &value))?;
        }
    }
    if !has_list {
        // A folder may give new files a list of its own, and with it rights that the old file did not give.
        let inherited = allowed(list(new))?.unwrap_or_default();
        if inherited.iter().any(|name| name == ACCESS_LIST) {
            allowed(remove(new, ACCESS_LIST.as_ref()))?;
        }
    }
    Ok(())
}

/// `None` for what the file system does not have or the user may not do.
#[cfg(unix)]
fn allowed<T>(done: io::Result<T>) -> io::Result<Option<T>> {
    use io::ErrorKind::{PermissionDenied, Unsupported};
    match done {
        Ok(done) => Ok(Some(done)),
        Err(error) if matches!(error.kind(), PermissionDenied | Unsupported) => Ok(None),
        Err(error) => Err(error),
    }
}
