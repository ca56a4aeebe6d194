import fc from 'fast-check';
import { MarkupKind } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { codeSpan, escapeMarkdown, markup } from './markdown';

describe('Markdown', () => {
  it('fences code with more back-ticks than it holds', () => {
    expect(codeSpan('a')).toBe('`a`');
    expect(codeSpan('a`b')).toBe('``a`b``');
    expect(codeSpan('`')).toBe('`` ` ``');
    expect(codeSpan('a``b`c')).toBe('```a``b`c```');
    expect(codeSpan('a\r\nb')).toBe('`a b`');
  });

  it('lets nothing of a workspace become a link, an image, HTML or a command', () => {
    const hostile = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '[x](command:workbench.action.quit)',
        '![x](http://evil.example/pixel.png)',
        '<img src=x>',
        '<command:a>',
        'http://evil.example',
        '`[x](http://evil.example)',
        '\n\n# heading\n```\n',
      ),
    );
    fc.assert(
      fc.property(hostile, hostile, (quoted, code) => {
        const words = escapeMarkdown(quoted);
        expect(words.replace(/\\[!-/:-@[-`{-~]/g, '')).not.toMatch(/[!-/:-@[-`{-~]/);
        const span = codeSpan(code);
        const fence = /^`*/.exec(span)?.[0] ?? '';
        const inside = span.slice(fence.length, span.length - fence.length);
        if (fence !== '') expect(inside.match(/`+/g) ?? []).not.toContain(fence);
        expect(words + span).not.toMatch(/[\r\n]/);
      }),
    );
  });

  it('is shown as it is written where an editor wants plain text', () => {
    const text = markup(
      [
        { pieces: ['of ', { code: 'a`b' }] },
        { bullet: true, pieces: [{ quoted: 'x_y' }] },
        { bullet: true, pieces: ['z'] },
      ],
      MarkupKind.PlainText,
    );
    expect(text.value).toBe('of a`b\n\n- x_y\n- z');
  });
});
