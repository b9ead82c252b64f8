//! The real app, driven through its accessible names, its keys and the mouse; no window system and no driver is needed.

mod desk;
mod dialogs;
mod files;
mod gesture;
mod inspector;
