import { compareShapes } from './fixtures/compare-shapes.ts';

compareShapes(['adapter', 'command', 'http']);
