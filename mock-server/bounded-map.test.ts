import { expect, test } from 'vitest';
import { createBoundedMap } from './bounded-map.ts';

test('the entry that was added first makes room, in the order of adding, whatever is changed or deleted meanwhile', () => {
  const evicted: string[] = [];
  const map = createBoundedMap<string, number>(3, (key) => evicted.push(key));
  for (const [at, key] of ['a', 'b', 'c', 'd'].entries()) map.set(key, at);
  expect(evicted).toEqual(['a']);
  map.set('b', 7);
  map.set('e', 4);
  expect(evicted).toEqual(['a', 'b']);
  expect(map.delete('c')).toBe(true);
  expect(map.delete('c')).toBe(false);
  map.set('c', 5);
  map.set('f', 6);
  expect(evicted).toEqual(['a', 'b', 'd']);
  expect([...map.entries()]).toEqual([
    ['e', 4],
    ['c', 5],
    ['f', 6],
  ]);
  map.clear();
  map.set('g', 1);
  expect([map.size, map.get('e'), map.get('g')]).toEqual([1, undefined, 1]);
});

test('a model of plain lists gives the same, also after thousands of evictions and deletions', () => {
  const map = createBoundedMap<number, number>(50);
  let model: number[] = [];
  for (let count = 0; count < 20_000; count += 1) {
    const key = (count * 7_919) % 131;
    if (count % 11 === 0) {
      map.delete(key);
      model = model.filter((one) => one !== key);
    } else {
      map.set(key, count);
      if (!model.includes(key)) model = [...model, key].slice(-50);
    }
    if (count % 500 === 0) expect([...map.entries()].map(([one]) => one)).toEqual(model);
  }
});
