{
  "algorithm": "Ed25519",
  "publicKey": "MCowBQYDK2VwAyEAOkgRPCQN+SOzXlQwfks3I57PFGEuOZOkXlKHz0TKolA=",
  "statement": "sf-conformance-run/1\nreport.json sha256:27bcf870b5678100c2997029a49207d159f54dfd8d2c6eac1eedd80d292c6eaa\nhistory.jsonl sha256:f02704ee295a00f1188a5418fa88c34b878323d1bdd7be7b32391217df103be9 lines:9619 last:b118e4236cb5e295bce646020132f49b3a2532ee1c7c25ad3118312fdd4c30df\nbadge.svg sha256:fccea8e7710dd485942210ba17c3edcc7a4a5a7297da1e191edb452332f6c482\nindex.html sha256:6db0959cfbb4f9116797fec0ba47a8a2933c20f0ab777986c697d89dd07b5aeb\nsummary.md sha256:4323e5829495dd3c7f85da08bdfa892995322d67623f0dede62db9ee65c5eb7f\n",
  "signature": "UHjDvfBbC8xiGX3d+vFG6di4+mUbtnWF+YbkHjSC6ayy1ukUmwgD5WkImGomLu6QWpWCo9aYKUZ+0APm8z8wAg=="
}
