import { describe, expect, it } from 'vitest';
import { TABLE } from './bounds.fixtures';
import { printed } from './lib/testing';

/**
 * What has no end, or none within reach, is unknown with a reason: never an exhausted stack, never a wrong value, and the
 * same when it is asked again.
 */
describe('bounds', () => {
  it.each(TABLE)('%s', { timeout: 30_000 }, async (expression, expected) => {
    expect(await printed(expression)).toBe(expected);
    expect(await printed(expression)).toBe(expected);
  });
});
