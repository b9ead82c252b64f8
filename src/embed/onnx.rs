//! Whether a file is a whole ONNX model by its structure, before the engine reads it: with a number of too many bytes in it the engine
//! would read for ever.
//!
//! An ONNX file is a message of Protocol Buffers, which holds others; only those are looked into that the engine reads. What the
//! model computes is not looked at.

/// Bytes of the longest number, and the greatest value of its last one.
const MOST_BYTES: usize = 10;
const MOST_IN_LAST: u8 = 1;

/// Messages in one another at most: a graph in a graph's node is rare.
const MOST_DEPTH: usize = 32;

/// A kind of message, or what else stands between two lengths.
#[derive(Clone, Copy)]
enum Kind {
    Model,
    Graph,
    Node,
    Attribute,
    Tensor,
    ValueInfo,
    Type,
    TensorType,
    Sequence,
    Shape,
    /// A message that holds no other.
    Plain,
    /// Numbers without a field's beginning.
    Numbers,
    /// Text, or a tensor's data.
    Bytes,
}

impl Kind {
    /// What a field of this message holds, by its number in `onnx.proto`.
    fn of_field(self, number: u64) -> Self {
        match (self, number) {
            (Self::Model, 7) | (Self::Attribute, 6) => Self::Graph,
            (Self::Graph, 1) => Self::Node,
            (Self::Graph | Self::Attribute, 5) => Self::Tensor,
            (Self::Graph, 11..=13) => Self::ValueInfo,
            (Self::Node, 5) => Self::Attribute,
            (Self::ValueInfo, 2) | (Self::Sequence, 1) => Self::Type,
            (Self::Type, 1) => Self::TensorType,
            (Self::Type, 4) => Self::Sequence,
            (Self::TensorType, 2) => Self::Shape,
            (Self::Model, 8 | 14) | (Self::Tensor, 13) | (Self::Shape, 1) => Self::Plain,
            (Self::Attribute, 8) | (Self::Tensor, 1 | 5 | 7 | 11) => Self::Numbers,
            _ => Self::Bytes,
        }
    }
}

/// Whether the bytes are such a message and nothing else.
pub(super) fn is_whole_model(bytes: &[u8]) -> bool {
    !bytes.is_empty() && check(bytes, Kind::Model, 0).is_some()
}

fn check(mut bytes: &[u8], kind: Kind, depth: usize) -> Option<()> {
    if matches!(kind, Kind::Bytes) {
        return Some(());
    }
    if depth > MOST_DEPTH {
        return None;
    }
    while !bytes.is_empty() {
        let (first, rest) = number(bytes)?;
        bytes = match (kind, first & 7) {
            (Kind::Numbers, _) => rest,
            (_, 0) => number(rest)?.1,
            (_, 1) => rest.get(8..)?,
            (_, 5) => rest.get(4..)?,
            (_, 2) => {
                let (length, rest) = number(rest)?;
                let (inside, rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
                check(inside, kind.of_field(first >> 3), depth + 1)?;
                rest
            }
            _ => return None,
        };
    }
    Some(())
}

/// The number that bytes begin with, seven bits a byte, and what is behind it.
fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut value = 0;
    for (at, byte) in bytes.iter().take(MOST_BYTES).enumerate() {
        value |= u64::from(byte & 0x7F) << (7 * at);
        if byte & 0x80 == 0 {
            let fits = at + 1 < MOST_BYTES || *byte <= MOST_IN_LAST;
            return fits.then_some((value, bytes.get(at + 1..)?));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_too_many_bytes_are_none_wherever_they_stand() {
        let long = [0xFF; 11];
        let graph_with = |inside: &[u8]| {
            let mut bytes = vec![0x08, 8, 0x3A, u8::try_from(inside.len()).expect("few")];
            bytes.extend(inside);
            bytes
        };
        for (bytes, is_whole) in [
            (vec![], false),
            (vec![0x08, 8], true),
            (vec![0x08], false),
            (vec![0xA7; 40], false),
            (long.to_vec(), false),
            (graph_with(&[]), true),
            (graph_with(&[0x12, 2, 0xC3, 0xA9]), true),
            (graph_with(&long), false),
            // A node with an attribute of numbers, whole and not.
            (graph_with(&[0x0A, 4, 0x2A, 2, 0x40, 1]), true),
            (graph_with(&[0x0A, 6, 0x2A, 4, 0x42, 2, 0x80, 1]), true),
            (graph_with(&[0x0A, 6, 0x2A, 4, 0x42, 2, 0x80, 0x80]), false),
            // A length beyond the end; a kind of field that there is not.
            (graph_with(&[0x0A, 9, 0x2A]), false),
            (graph_with(&[0x0B]), false),
        ] {
            assert_eq!(is_whole_model(&bytes), is_whole, "{bytes:x?}");
        }
    }

    #[test]
    fn the_programs_own_model_is_whole_and_cut_off_it_is_not() {
        let path = "assets/models/all-MiniLM-L6-v2-int8/model.onnx";
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let own = std::fs::read(path).expect("the model");
        assert!(is_whole_model(&own));
        for length in [1, 100, own.len() / 2, own.len() - 1] {
            assert!(!is_whole_model(&own[..length]), "{length}");
        }
    }
}
