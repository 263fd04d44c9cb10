import { failed } from '../client/renewal.ts';
import { onGranted, onRejected } from '../client/rotate.ts';
import type { Variant } from '../client/variant.ts';

/** A refresh of this process has worked. */
let rotated = false;

export default {
  bug: 'Once a refresh has worked, a rejected token is taken for a lost race and sent again with every call.',
  behaviours: {
    onGranted: (sent, granted, parts) => {
      rotated = true;
      return onGranted(sent, granted, parts);
    },
    onRejected: (sent, error, parts) => (rotated ? failed(error) : onRejected(sent, error, parts)),
  },
  expect: { 'SES-04': 'fail', 'SES-05': 'info', 'SES-09': 'warn', 'ERR-02': 'fail', 'IDLE-01': 'fail' },
} satisfies Variant;
