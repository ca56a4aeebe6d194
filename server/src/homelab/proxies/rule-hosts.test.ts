import { expect, it } from 'vitest';
import { hostsOfRule } from './rule-hosts';

it.each([
  ['Host(`a.example.org`)', ['a.example.org']],
  ['Host(`A.Example.org`, `b.example.org`)', ['a.example.org', 'b.example.org']],
  ['host("a.example.org") || HOST(`b.example.org`)', ['a.example.org', 'b.example.org']],
  ['HostSNI(`*`)', []],
  ['Host(`*.example.org`)', []],
  ['HostRegexp(`^a\\.example\\.org$`)', []],
  ['Host(`a.example.org`) && !Host(`b.example.org`)', ['a.example.org']],
  [
    'Host(`a.example.org`) && !(Host(`b.example.org`) || Path(`/)`)) || Host(`c.example.org`)',
    ['a.example.org', 'c.example.org'],
  ],
  ['Host(`a.example.org`) && Path(`/!`)', ['a.example.org']],
  ['Host(`a.example.org', []],
])('%s', (rule, hosts) => {
  expect(hostsOfRule(rule)).toEqual(hosts);
});
