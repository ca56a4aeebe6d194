import { expect, it } from 'vitest';
import { canonicalRule } from './same-rule';

it.each([
  ['Host(`a`)', 'Host("A")'],
  ['Host(`a`) || Host(`b`)', 'Host(`b`)||host(`a`)'],
  [
    'Host(`a`) && (PathPrefix(`/x`) || PathPrefix(`/y`))',
    '(PathPrefix(`/y`) || PathPrefix(`/x`)) && Host(`a`)',
  ],
  ['Host(`a`, `b`)', 'Host(`b`, `a`)'],
  ['Host(`a`) || Host(`a`)', 'Host(`a`)'],
])('%s takes what %s takes', (one, other) => {
  expect(canonicalRule(one)).not.toBeNull();
  expect(canonicalRule(one)).toBe(canonicalRule(other));
});

it.each([
  ['Host(`a`)', 'Host(`b`)'],
  ['Host(`a`)', '!Host(`a`)'],
  ['Host(`a`) && PathPrefix(`/x`)', 'Host(`a`) || PathPrefix(`/x`)'],
  ['PathPrefix(`/x`)', 'PathPrefix(`/X`)'],
  ['Header(`a`, `b`)', 'Header(`b`, `a`)'],
])('%s and %s differ', (one, other) => {
  expect(canonicalRule(one)).not.toBe(canonicalRule(other));
});

it.each(['Host(`a', 'Host:a', '{{ env "RULE" }}', ''])('nothing is known of %s', (text) => {
  expect(canonicalRule(text)).toBeNull();
});
