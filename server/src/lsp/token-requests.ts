import type {
  Connection,
  Range as LspRange,
  SemanticTokens,
  SemanticTokensDelta,
  SemanticTokensDeltaParams,
  SemanticTokensLegend,
  SemanticTokensParams,
} from 'vscode-languageserver';
import { disabledCode } from '../features/disabled-code';
import { lspRange } from '../features/positions';
import { encodeTokens, semanticTokens, TOKEN_MODIFIERS, TOKEN_TYPES } from '../features/semantic-tokens';
import type { FeatureContext } from './features';
import type { DisabledCodeParams } from './protocol';

/** What the numbers of the tokens mean: our own names for a client that knows them, else those of the protocol. */
export function tokenLegend(own: boolean): SemanticTokensLegend {
  return {
    tokenTypes: TOKEN_TYPES.map((type) => (own ? type.own : type.standard)),
    tokenModifiers: [...TOKEN_MODIFIERS],
  };
}

/** Of more files than these, what was sent last is not remembered: they are sent whole again. */
const MOST_REMEMBERED = 32;

/** Answers the requests for the tokens of a file, and for what of it takes no effect. */
export function answerTokenRequests(
  connection: Connection,
  { files, uris, guard, settings }: FeatureContext,
): void {
  const sent = new Map<string, SemanticTokens>();
  let count = 0;

  /** The tokens of a file as they are now; null where they are not ours to tell, or there is no such file. */
  const tokensOf = (uri: string): SemanticTokens | null => {
    const path = uris.toPath(uri);
    const file = files.file(path);
    const analysis = files.analysis();
    if (!settings.now.semanticTokens || file === null || analysis === null) return null;
    const tokens = {
      resultId: String(++count),
      data: encodeTokens(file, semanticTokens(analysis.homelab, file)),
    };
    sent.delete(path);
    sent.set(path, tokens);
    for (const oldest of sent.keys()) if (sent.size > MOST_REMEMBERED) sent.delete(oldest);
    return tokens;
  };

  connection.languages.semanticTokens.on(
    guard.guard<SemanticTokensParams, SemanticTokens | null>(
      'textDocument/semanticTokens/full',
      null,
      ({ textDocument }) => tokensOf(textDocument.uri),
    ),
  );

  connection.languages.semanticTokens.onDelta(
    guard.guard<SemanticTokensDeltaParams, SemanticTokens | SemanticTokensDelta | null>(
      'textDocument/semanticTokens/full/delta',
      null,
      ({ textDocument, previousResultId }) => {
        const before = sent.get(uris.toPath(textDocument.uri));
        const now = tokensOf(textDocument.uri);
        if (now === null || before?.resultId !== previousResultId) return now;
        return { resultId: now.resultId, edits: editsBetween(before.data, now.data) };
      },
    ),
  );

  connection.onRequest(
    'nixosContainers/disabledCode',
    guard.guard<DisabledCodeParams, LspRange[]>('nixosContainers/disabledCode', [], ({ uri }) => {
      const file = files.file(uris.toPath(uri));
      const analysis = files.analysis();
      if (file === null || analysis === null) return [];
      return disabledCode(analysis.homelab, file).map((range) => lspRange(file.lines, range));
    }),
  );
}

/** What to replace in the numbers that were sent to have those of now: the middle that differs. */
function editsBetween(before: readonly number[], now: readonly number[]): SemanticTokensDelta['edits'] {
  const shortest = Math.min(before.length, now.length);
  let start = 0;
  while (start < shortest && before[start] === now[start]) start++;
  if (start === before.length && start === now.length) return [];
  let rest = 0;
  while (rest < shortest - start && before[before.length - 1 - rest] === now[now.length - 1 - rest]) rest++;
  return [{ start, deleteCount: before.length - rest - start, data: now.slice(start, now.length - rest) }];
}
