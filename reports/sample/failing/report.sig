{
  "algorithm": "Ed25519",
  "publicKey": "MCowBQYDK2VwAyEAOkgRPCQN+SOzXlQwfks3I57PFGEuOZOkXlKHz0TKolA=",
  "statement": "sf-conformance-run/1\nreport.json sha256:fdf3890957e49478e1eeb3f91dd4cb97530597f3b083d5b33363ac1c66aef422\nhistory.jsonl sha256:f02704ee295a00f1188a5418fa88c34b878323d1bdd7be7b32391217df103be9 lines:9619 last:b118e4236cb5e295bce646020132f49b3a2532ee1c7c25ad3118312fdd4c30df\nbadge.svg sha256:fccea8e7710dd485942210ba17c3edcc7a4a5a7297da1e191edb452332f6c482\nindex.html sha256:209ef047fbf2bd0b722ad3dd71659a9bbc205bf7c97b2ad66808b13c11045e4e\nsummary.md sha256:717597a05e1f7c22560ec82b32fb43bca2867f360a6af18e72cf69887ad3dd5b\n",
  "signature": "TaBzzw3rKd7kwdUEcU3zDgdWs5zmPvXoW0YHBm9vKV1LMAvpY+s0vNBWzS9IGYKBBTtt/gwlF2V/iaPnbVIwDw=="
}
