//! [`Making`]: what a view works out of the whole session, on a thread where that takes longer than a frame may.
//!
//! What was made before stays on show meanwhile. One is made at a time: where the session changes while it is, the next one
//! begins when it has come.

use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use egui::{Context, Ui};

/// How long a frame waits for what is worked out beside it, and what is woken when that has come.
#[derive(Clone, Copy)]
pub struct Wait<'a> {
    pub ctx: &'a Context,
    pub patience: Duration,
}

/// For which key something was made last, and what is being made. A copy knows only of what was made.
#[derive(Debug)]
pub struct Making<K, T> {
    made_for: Option<K>,
    coming: Option<(K, Receiver<T>)>,
}

impl<K, T> Default for Making<K, T> {
    fn default() -> Self {
        Self {
            made_for: None,
            coming: None,
        }
    }
}

impl<K: Clone, T> Clone for Making<K, T> {
    fn clone(&self) -> Self {
        Self {
            made_for: self.made_for.clone(),
            coming: None,
        }
    }
}

impl<K: PartialEq, T: Send + 'static> Making<K, T> {
    /// What has been made since this was asked last. What was made for `key`, or for one that is as good, is not made anew;
    /// else `begin` gives what is to be done on the thread.
    pub fn refresh<M: FnOnce() -> T + Send + 'static>(
        &mut self,
        wait: Wait<'_>,
        key: K,
        is_as_good: impl Fn(&K) -> bool,
        begin: impl FnOnce() -> M,
    ) -> Option<T> {
        if let Some((coming, made)) = self.coming.take() {
            match made.try_recv() {
                Ok(made) => {
                    if coming != key {
                        wait.ctx.request_repaint();
                    }
                    self.made_for = Some(coming);
                    return Some(made);
                }
                Err(TryRecvError::Empty) => {
                    self.coming = Some((coming, made));
                    return None;
                }
                Err(TryRecvError::Disconnected) => {
                    // It has panicked. Here that ends the work as any panic of a view does.
                    self.made_for = Some(key);
                    return Some(begin()());
                }
            }
        }
        let is_made = |made: &K| *made == key || is_as_good(made);
        if self.made_for.as_ref().is_some_and(is_made) {
            return None;
        }
        let told = done_by(|job| do_on_thread("view", job), wait.ctx, begin());
        if let Ok(made) = told.recv_timeout(wait.patience) {
            self.made_for = Some(key);
            return Some(made);
        }
        self.coming = Some((key, told));
        None
    }

    /// Whether the first one is being made, so that there is nothing to show.
    pub fn is_first(&self) -> bool {
        self.made_for.is_none() && self.coming.is_some()
    }

    /// What it was made for last.
    pub fn made_for(&self) -> Option<&K> {
        self.made_for.as_ref()
    }
}

/// Stands where something is being counted for the first time.
pub fn counting_ui(ui: &mut Ui) {
    ui.centered_and_justified(|ui| ui.weak("Counting…"));
}

/// What is done on a thread.
pub type Job = Box<dyn FnOnce() + Send>;

/// Has `start` begin `work`, and gives what that returns; nothing where it panics. The window is woken in either case.
pub fn done_by<T: Send + 'static>(
    start: impl FnOnce(Job),
    ctx: &Context,
    work: impl FnOnce() -> T + Send + 'static,
) -> Receiver<T> {
    let (tell, told) = channel();
    let wake = Wake(ctx.clone());
    start(Box::new(move || {
        // Dropped behind `tell`, in a panic too: whoever is woken finds what there is to find.
        let _wake = wake;
        let tell = tell;
        // Nobody may wait for it any more.
        tell.send(work()).ok();
    }));
    told
}

/// Wakes the window when it is dropped.
struct Wake(Context);

impl Drop for Wake {
    fn drop(&mut self) {
        self.0.request_repaint();
    }
}

/// Does it on a thread of this name; where the system gives none, at once.
pub fn do_on_thread(name: &str, job: Job) {
    let job = Arc::new(Mutex::new(Some(job)));
    let take = |job: &Mutex<Option<Job>>| {
        let mut job = job.lock().unwrap_or_else(PoisonError::into_inner);
        job.take()
    };
    let beside = {
        let job = Arc::clone(&job);
        move || {
            if let Some(job) = take(&job) {
                job();
            }
        }
    };
    let started = thread::Builder::new().name(name.to_owned()).spawn(beside);
    if started.is_err()
        && let Some(job) = take(&job)
    {
        job();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_long_comes_in_a_later_frame_and_the_next_one_after_it() {
        let ctx = Context::default();
        let wait = |patience| Wait {
            ctx: &ctx,
            patience,
        };
        let (go, gone) = channel();
        let mut making: Making<u32, u32> = Making::default();
        let now = wait(Duration::ZERO);
        let slow = move || {
            gone.recv().expect("told to go");
            1
        };
        assert_eq!(making.refresh(now, 1, |_| false, || slow), None);
        assert!(making.is_first());
        // Meanwhile another one is wanted, which waits.
        assert_eq!(
            making.refresh(now, 2, |_| false, || || panic!("too soon")),
            None
        );
        go.send(()).expect("heard");
        let mut found = None;
        while found.is_none() {
            found = making.refresh(now, 2, |_| false, || || panic!("too soon"));
        }
        assert_eq!((found, making.made_for()), (Some(1), Some(&1)));
        let long = wait(Duration::from_mins(1));
        assert_eq!(making.refresh(long, 2, |_| false, || || 2), Some(2));
        assert_eq!(making.refresh(long, 2, |_| false, || || 3), None);
        assert_eq!(making.refresh(long, 4, |made| *made == 2, || || 4), None);
    }

    #[test]
    fn the_window_is_woken_where_what_is_made_beside_it_panics() {
        let ctx = Context::default();
        let (tell, woken) = channel();
        let wake = Mutex::new(tell);
        ctx.set_request_repaint_callback(move |_| {
            wake.lock().expect("no panic holds it").send(()).ok();
        });
        let fails = || -> u32 { panic!("as it is meant to") };
        let told = done_by(|job| do_on_thread("fails", job), &ctx, fails);
        woken.recv_timeout(Duration::from_mins(1)).expect("woken");
        assert_eq!(told.try_recv(), Err(TryRecvError::Disconnected));
    }
}
