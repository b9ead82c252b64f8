//! [`Model`]: the program's own model, or one from a file, run on the processor by `rten`.

use std::path::Path;
use std::sync::Arc;

use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use super::onnx::is_whole_model;
use super::word_piece::WordPiece;
use super::{ModelError, Source, Vector};
use crate::check::hex_sha256;
use crate::disk;

/// Word pieces of a sentence that the model sees; what is longer is cut there. The model was made for 256 of them.
const MOST_PIECES: usize = 256;

/// The largest file that is taken for a model, in bytes.
const LARGEST_BYTES: u64 = 1 << 30;

/// The program's own model, the SHA-256 of its bytes, and its vocabulary.
#[expect(
    clippy::large_include_file,
    reason = "the program works without another file"
)]
static BUILT_IN: &[u8] = include_bytes!("../../assets/models/all-MiniLM-L6-v2-int8/model.onnx");
const BUILT_IN_HASH: &str = "f1c2ead0f57d7a27aff9273cd26788f177722799a8c6fe590d3f59a2777f6bbe";
const VOCABULARY: &str = include_str!("../../assets/models/all-MiniLM-L6-v2-int8/vocab.txt");

/// A model that is ready to work.
pub struct Model {
    engine: Engine,
}

pub(super) fn hash(source: &Source) -> Result<String, ModelError> {
    match &source.file {
        None => Ok(BUILT_IN_HASH.to_owned()),
        Some(path) => Ok(hex_sha256(&read(path)?)),
    }
}

pub(super) fn load(source: &Source) -> Result<Model, ModelError> {
    let bytes = source.file.as_deref().map(read).transpose()?;
    let no_model = |why: String| ModelError::NoModel {
        path: source.file.clone().unwrap_or_default(),
        why,
    };
    if bytes.as_ref().is_some_and(|bytes| !is_whole_model(bytes)) {
        return Err(no_model("it is no whole ONNX file".to_owned()));
    }
    // Bytes from anywhere may bring the engine to a panic, which must not end the work.
    let made = std::panic::catch_unwind(|| {
        let model = match bytes {
            Some(bytes) => rten::Model::load(bytes),
            None => rten::Model::load_static_slice(BUILT_IN),
        };
        let engine = Engine::new(model.map_err(|error| error.to_string())?)?;
        engine.embed("word")?;
        Ok(engine)
    });
    let made = made.unwrap_or_else(|_panic| Err("the engine cannot read it".to_owned()));
    Ok(Model {
        engine: made.map_err(no_model)?,
    })
}

fn read(path: &Path) -> Result<Vec<u8>, ModelError> {
    disk::read(path, LARGEST_BYTES).map_err(|source| ModelError::Read {
        path: path.to_owned(),
        source,
    })
}

impl Model {
    /// The vector of a sentence; of a text of more than some 200 words that of its beginning.
    ///
    /// # Errors
    /// `Run` where the model fails, which one that was loaded does not.
    pub fn embed(&self, text: &str) -> Result<Vector, ModelError> {
        let vector = self.engine.embed(text);
        vector.map_err(|why| ModelError::Run { why })
    }
}

struct Engine {
    model: rten::Model,
    pieces: WordPiece,
    /// The nodes `input_ids`, `attention_mask` and `sentence_embedding`.
    inputs: [rten::NodeId; 2],
    output: rten::NodeId,
    /// One thread: the window draws on the others.
    threads: Arc<rten::ThreadPool>,
}

impl Engine {
    fn new(model: rten::Model) -> Result<Self, String> {
        let node = |name: &str| {
            let node = model.node_id(name);
            node.map_err(|_missing| format!("it has nothing called {name}"))
        };
        Ok(Self {
            inputs: [node("input_ids")?, node("attention_mask")?],
            output: node("sentence_embedding")?,
            pieces: WordPiece::new(VOCABULARY).ok_or("its vocabulary lacks signs")?,
            threads: Arc::new(rten::ThreadPool::with_num_threads(1)),
            model,
        })
    }

    fn embed(&self, text: &str) -> Result<Vector, String> {
        let pieces = self.pieces.encode(text, MOST_PIECES);
        let shape = [1, pieces.len()];
        let mask = NdTensor::<i32, 2>::full(shape, 1);
        let pieces = NdTensor::from_data(shape, pieces);
        let [pieces_node, mask_node] = self.inputs;
        let inputs = vec![
            (pieces_node, pieces.view().into()),
            (mask_node, mask.view().into()),
        ];
        let options = rten::RunOptions::default().with_thread_pool(Some(Arc::clone(&self.threads)));
        let run = self.model.run_n(inputs, [self.output], Some(options));
        let [vector] = run.map_err(|error| error.to_string())?;
        let vector: NdTensor<f32, 2> = vector
            .try_into()
            .map_err(|_other| "its vector is of another shape".to_owned())?;
        let numbers = vector.to_vec();
        let length: f32 = numbers.iter().map(|number| number * number).sum();
        if (length - 1.0).abs() > 0.01 {
            return Err("its vectors have not the length 1".to_owned());
        }
        Ok(numbers.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_the_programs_own_model_is_that_of_its_bytes() {
        assert_eq!(hex_sha256(BUILT_IN), BUILT_IN_HASH);
    }
}
