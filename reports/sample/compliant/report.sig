{
  "algorithm": "Ed25519",
  "publicKey": "MCowBQYDK2VwAyEAaA8X+dtr+Q5bSSwiAgdLCcnyd5nO/+VkOpVxi1eHa+c=",
  "statement": "sf-conformance-run/1\nreport.json sha256:dd42e6beb68d7a9c51a330a015156a0067afdedbdca4b19c15368b781cbf9d7e\nhistory.jsonl sha256:ef9f46d0c4b12a05aa2479c91be2b9929ff77b7618656a064c922fe17af34308 lines:5790 last:b8e734518f4d57ab3f2d54d8f86487fa0efc1367895c2948c1dc28c523bf96fe\nbadge.svg sha256:f688152d3dd2c8c2487d8c492fdafe5feea51601183b6c49664dcc00adb300aa\nindex.html sha256:9629d6e8162672415b121f08cb4b3103967f6ebcc328f48f43d3539feb3bcf3f\nsummary.md sha256:ccbbb8adeeb88d5445d8b1d662f43cd0dc3df2dc82dedb55c6729482dbd73ec8\n",
  "signature": "+C7zkYNGzWUjAX8DmgAbPSWTWwwEbRsoGhtGBJ1veLMhpTNeTSCDGVk/aLO08BcG6EVqInide+9ZFFPCKJFRDQ=="
}
