import { describe, expect, it } from 'vitest';
import { libValue } from '../../eval/lib';
import { LIB_FUNCTIONS } from './lib-functions';

describe('the functions of lib', () => {
  it('are known to lib, each once', () => {
    const names = LIB_FUNCTIONS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !libValue().entries.has(name) && name !== 'removeAttrs')).toEqual([]);
  });

  it.each(LIB_FUNCTIONS)('$name takes as many arguments as the function does', ({ name, parameters }) => {
    const value = libValue().entries.get(name)?.value.force();
    if (value?.type === 'primop') expect(parameters.length).toBe(value.primop.arity);
  });

  it.each(LIB_FUNCTIONS)('$name is described in sentences', ({ description, parameters }) => {
    expect(description).toMatch(/^[A-Z].*[.]$/);
    for (const parameter of parameters) {
      expect(parameter.name).toMatch(/^[a-z]+$/);
      expect(parameter.description).toMatch(/^(?!.*[.]$).{3,}/);
    }
  });
});
