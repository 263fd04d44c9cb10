{
  "algorithm": "Ed25519",
  "publicKey": "MCowBQYDK2VwAyEABPVnS2INnwB06xoMtc+Lo046QU1VMYVlDh3PNqf+T/E=",
  "statement": "sf-conformance-run/1\nreport.json sha256:43664668c7bcb68c2c648274bd86edd6c7ecec337dea245e7beaa6bf70735c1d\nhistory.jsonl sha256:dc2c6c8579dab61626fb1bcc3873be2063daefdf98f4451c99d0d8a1868d0a3d lines:3813 last:488fc584938c78ad3c0b0e88f5ee00d122f130d2adf395172409c1ed9f599510\nbadge.svg sha256:f688152d3dd2c8c2487d8c492fdafe5feea51601183b6c49664dcc00adb300aa\nindex.html sha256:1efac9b33bb1e5a15a307685f5ef01bd4861d539ac9f4906ec19fe3aa4b1b5ac\njunit.xml sha256:afb69689735d43564f00824c6ea667b75727688ba94bc19b241b647c88a88caf\nsummary.md sha256:23c340be63f71ce5675ceb6a3fff207324befb11710fbddc677b720c91ee4195\n",
  "signature": "ADQE9aguO+iYA5apOEHg/izmcQlInzMk+KhECA33dnW6TmkoR/qqZhYVMBs0Gj40xlEUORrN+4TawqmLcjIfAQ=="
}
