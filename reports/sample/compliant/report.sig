{
  "algorithm": "Ed25519",
  "publicKey": "MCowBQYDK2VwAyEAOkgRPCQN+SOzXlQwfks3I57PFGEuOZOkXlKHz0TKolA=",
  "statement": "sf-conformance-run/1\nreport.json sha256:ba22be778c091f4a538514461a151100b0f2ce37aadae71ecb76fcc4e2b4810c\nhistory.jsonl sha256:ef9f46d0c4b12a05aa2479c91be2b9929ff77b7618656a064c922fe17af34308 lines:5790 last:b8e734518f4d57ab3f2d54d8f86487fa0efc1367895c2948c1dc28c523bf96fe\nbadge.svg sha256:f688152d3dd2c8c2487d8c492fdafe5feea51601183b6c49664dcc00adb300aa\nindex.html sha256:010a224d0a0f4a58b44255008cb93e121813299f3346b3f79e855b5e0948e456\nsummary.md sha256:8e64d09eb6b0ca714ad3f35b051f7a073641197543996e648762585796ceeded\n",
  "signature": "/fuRDZhfNS2u/WikGP+9xJw7H2OVWMBkAZPQMgZior4vRVBgp6p5A5pqDR4tMgbJFEmktRPveioVMP+7oYSYDg=="
}
