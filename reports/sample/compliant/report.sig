{
  "algorithm": "Ed25519",
  "publicKey": "MCowBQYDK2VwAyEAl04q53JrJr08evn5/9IgZGrtHY5m9ffQKOR5FmhEboA=",
  "statement": "sf-conformance-run/1\nreport.json sha256:ecc7cd10f2d893e2648172eab8340281fa2d2931fb8ab3de166f78c9450fb4af\nhistory.jsonl sha256:ef9f46d0c4b12a05aa2479c91be2b9929ff77b7618656a064c922fe17af34308 lines:5790 last:b8e734518f4d57ab3f2d54d8f86487fa0efc1367895c2948c1dc28c523bf96fe\nbadge.svg sha256:f688152d3dd2c8c2487d8c492fdafe5feea51601183b6c49664dcc00adb300aa\nindex.html sha256:83246ae788fa6f9df19b6b67944b5af272ba4c856bf3657edf963770cfb59867\nsummary.md sha256:ccbbb8adeeb88d5445d8b1d662f43cd0dc3df2dc82dedb55c6729482dbd73ec8\n",
  "signature": "wDRakdBdC4ClLWtiDxzLs2p+S1Xeax/5bB24/54+OzcQVuzZ9h9ResET8JleIBXMUVr+CZfNNNMJpkrIKeyYBA=="
}
