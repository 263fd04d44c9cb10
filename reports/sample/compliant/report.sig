{
  "algorithm": "Ed25519",
  "publicKey": "MCowBQYDK2VwAyEAOkgRPCQN+SOzXlQwfks3I57PFGEuOZOkXlKHz0TKolA=",
  "statement": "sf-conformance-run/1\nreport.json sha256:ba22be778c091f4a538514461a151100b0f2ce37aadae71ecb76fcc4e2b4810c\nhistory.jsonl sha256:ef9f46d0c4b12a05aa2479c91be2b9929ff77b7618656a064c922fe17af34308 lines:5790 last:b8e734518f4d57ab3f2d54d8f86487fa0efc1367895c2948c1dc28c523bf96fe\nbadge.svg sha256:f688152d3dd2c8c2487d8c492fdafe5feea51601183b6c49664dcc00adb300aa\nindex.html sha256:6bcfd8f2696c1d638f1ee7344c6b903dd7642d00544d0d926ec3b51875b8ffc9\nsummary.md sha256:6facade67c47ccb988d9549b81312c2fd5e459054ca575894dbcfb57eee41b9a\n",
  "signature": "udj6FTtj+LKMiRnlK+VFuD2tvQN+yrfqmH3NsaPQQKtklWXO+D1hhgD5DDzaNQtSGqRUfGUZYf0taMuVyCw5AQ=="
}
