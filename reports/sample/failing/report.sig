{
  "algorithm": "Ed25519",
  "publicKey": "MCowBQYDK2VwAyEA1XSt41KlpBXVQaLW4WhJSYXar/GfhTpdRrf4o1k+/R4=",
  "statement": "sf-conformance-run/1\nreport.json sha256:44284688ee640cc9f3901ddd10689ae522437d8111c36059509ed111fdda659c\nhistory.jsonl sha256:adcd3a536a7f415d166fdf068b05eb11f01015b1a259aa1d3ee0c727961c2fa9 lines:9486 last:87d0261429b03432ea081ed8f21665c24a31bb18e7a3edf438f33b8c6903d262\nbadge.svg sha256:fccea8e7710dd485942210ba17c3edcc7a4a5a7297da1e191edb452332f6c482\nindex.html sha256:1e6ef4919f8789b677a46d0a4355b9d3f91dd672cb96d63e2caca5196f6eedf9\njunit.xml sha256:dc7562a50a7ca622646d1577b2091bdd8fc13792181e82a6b1891d31ca55be55\nsummary.md sha256:71f5510747a3bbcb8a2ee364a57975e1d4ba5076e96f9c9d338906b4c6ad57f1\n",
  "signature": "X4I/LjZTcqqh7HobNXeb6aZVCJOARcF1PIy+Dfpc+hXCNKLIMIfB0ZVn8R5oL8QLbLV7Rf/drv4T/zlYSSnVCQ=="
}
