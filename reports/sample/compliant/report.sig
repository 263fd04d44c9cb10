{
  "algorithm": "Ed25519",
  "publicKey": "MCowBQYDK2VwAyEAOkgRPCQN+SOzXlQwfks3I57PFGEuOZOkXlKHz0TKolA=",
  "statement": "sf-conformance-run/1\nreport.json sha256:f2196f5d03e4a57e1a4de3db192c0acc5fda546545267623aaaad3700a361a49\nhistory.jsonl sha256:ef9f46d0c4b12a05aa2479c91be2b9929ff77b7618656a064c922fe17af34308 lines:5790 last:b8e734518f4d57ab3f2d54d8f86487fa0efc1367895c2948c1dc28c523bf96fe\nbadge.svg sha256:f688152d3dd2c8c2487d8c492fdafe5feea51601183b6c49664dcc00adb300aa\nindex.html sha256:665e3777562c351f9884188d64b17c8d0570dfe8ea7decf15a47086491434570\nsummary.md sha256:ccbbb8adeeb88d5445d8b1d662f43cd0dc3df2dc82dedb55c6729482dbd73ec8\n",
  "signature": "k5elMVbPeoAAFXhj6IblpXtlP7QzQKt/w2Du3POK/w5Wb3qjcobkDHbgZWaOSjGHNalD0y0HK2jJNCekURuJCQ=="
}
