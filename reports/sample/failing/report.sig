{
  "algorithm": "Ed25519",
  "publicKey": "MCowBQYDK2VwAyEAL3HvnIY/hIAdk6iKujIgKnhDDn+tElqNew11tyB3wVU=",
  "statement": "sf-conformance-run/1\nreport.json sha256:aae2823314baebddd7a2d5b5bd8a90baa5c67ecb41ac710ec40559cd5bd75651\nhistory.jsonl sha256:39a374bef48b2f29751b2e45c3e41b0df365bf5f7c1912e0f51c7822d6032895 lines:9801 last:50fb9d4a35360a2f6b029ea177b25305c9ee549bdf6dd5eb66a62bbb9ada83a5\nbadge.svg sha256:fccea8e7710dd485942210ba17c3edcc7a4a5a7297da1e191edb452332f6c482\nindex.html sha256:50f9edcd276d539a45417b38f2ff731c5c34d3dd9efc40b633422b061291ef54\njunit.xml sha256:e78cd5aec42e84c6659573c594aae6c6e30df24845d5bdff10aa17ef92a3f687\nsummary.md sha256:4a06374848931b33885fdd74ac7e9d37228570a76249fa0e30745c28c756a654\n",
  "signature": "OPZIsE2lNUPcvddPw9e+LvnwfoVKCymo8B6H+Qh//0icgViqSidgTcewNRLMitsky9ZJ5/Z3DX1vm0mj/OmSDQ=="
}
