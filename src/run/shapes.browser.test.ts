import { test } from 'vitest';
import { whyNoChromium } from '../../test-kit/chromium.ts';
import { compareShapes } from './fixtures/compare-shapes.ts';

const noChromium = await whyNoChromium();
if (noChromium === undefined) compareShapes(['adapter', 'browser']);
else test.skip(noChromium);
