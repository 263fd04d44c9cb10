{
  "algorithm": "Ed25519",
  "publicKey": "MCowBQYDK2VwAyEAaA8X+dtr+Q5bSSwiAgdLCcnyd5nO/+VkOpVxi1eHa+c=",
  "statement": "sf-conformance-run/1\nreport.json sha256:a9b91c56e8b78768e0be4857f9e393ba42af17769b7c99705cfbcc397eda344c\nhistory.jsonl sha256:f02704ee295a00f1188a5418fa88c34b878323d1bdd7be7b32391217df103be9 lines:9619 last:b118e4236cb5e295bce646020132f49b3a2532ee1c7c25ad3118312fdd4c30df\nbadge.svg sha256:fccea8e7710dd485942210ba17c3edcc7a4a5a7297da1e191edb452332f6c482\nindex.html sha256:5ec2d4d3d82e71be41fbbc1023bdcdfc0fba83affd63bcfc866252d8796445f5\nsummary.md sha256:4323e5829495dd3c7f85da08bdfa892995322d67623f0dede62db9ee65c5eb7f\n",
  "signature": "zfC9uw4h3/99LC5uWKlZO/loSYG82dYHQf4LfeKO7ISU+AsRr8vF1LyNlmC6p3AZPOnNawJcwQJGR3mts3J2AA=="
}
