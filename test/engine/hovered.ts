/** For tests only: what the hover at the `$0` of a fixture says. */
import { MarkupContent, MarkupKind } from 'vscode-languageserver-types';
import { hover } from '../../server/src/features/hover';
import { inFixture } from './navigation';

/** The text of the hover, with `\n` as line end; null where there is none. */
export async function hoveredAt(
  text: string,
  lineEnd: '\n' | '\r\n' = '\n',
  { nixHovers = true, kind = MarkupKind.Markdown }: { nixHovers?: boolean; kind?: MarkupKind } = {},
): Promise<string | null> {
  const { homelab, file, offset } = await inFixture(text, lineEnd);
  const found = hover(homelab, file, offset, kind, nixHovers);
  return found !== null && MarkupContent.is(found.contents) ? found.contents.value : null;
}
