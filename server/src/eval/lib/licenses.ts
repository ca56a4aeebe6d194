import { forceString } from '../arguments';
import { bool, record, string } from '../construct';
import { define } from '../primop';
import { lazily, ready, type Thunk } from '../thunk';
import { Unknown, unknown, type Call, type Value } from '../value';
import type { LibTable } from './support';

/** nixpkgs lib/licenses: those that many packages have. What each release says beyond this of them is not known. */

/**
 * Name and SPDX identifier (`.` for none); `!` for those that are not free, `-` for those whose name is deprecated.
 * Source: nixpkgs lib/licenses/licenses.nix, the same in all releases since 21.11.
 */
const ROWS = `
  mit MIT|asl20 Apache-2.0|agpl3Only AGPL-3.0-only|agpl3Plus AGPL-3.0-or-later
  gpl1Only GPL-1.0-only|gpl1Plus GPL-1.0-or-later|gpl2 GPL-2.0 -|gpl2Only GPL-2.0-only|gpl2Plus GPL-2.0-or-later
  gpl3 GPL-3.0 -|gpl3Only GPL-3.0-only|gpl3Plus GPL-3.0-or-later
  lgpl2 LGPL-2.0 -|lgpl2Only LGPL-2.0-only|lgpl2Plus LGPL-2.0-or-later
  lgpl21 LGPL-2.1 -|lgpl21Only LGPL-2.1-only|lgpl21Plus LGPL-2.1-or-later
  lgpl3 LGPL-3.0 -|lgpl3Only LGPL-3.0-only|lgpl3Plus LGPL-3.0-or-later
  bsd0 0BSD|bsd2 BSD-2-Clause|bsd3 BSD-3-Clause|bsdOriginal BSD-4-Clause|isc ISC|x11 X11|zlib Zlib|ncsa NCSA
  mpl10 MPL-1.0|mpl11 MPL-1.1|mpl20 MPL-2.0|epl10 EPL-1.0|epl20 EPL-2.0|eupl11 EUPL-1.1|eupl12 EUPL-1.2
  cc0 CC0-1.0|cc-by-30 CC-BY-3.0|cc-by-40 CC-BY-4.0|cc-by-sa-30 CC-BY-SA-3.0|cc-by-sa-40 CC-BY-SA-4.0
  cc-by-nc-40 CC-BY-NC-4.0 !|cc-by-nc-sa-40 CC-BY-NC-SA-4.0 !|cc-by-nd-40 CC-BY-ND-4.0 !
  ofl OFL-1.1|unlicense Unlicense|wtfpl WTFPL|artistic1 Artistic-1.0|artistic2 Artistic-2.0|boost BSL-1.0
  psfl Python-2.0|vim Vim|postgresql PostgreSQL|curl curl|openssl OpenSSL|ruby Ruby|php301 PHP-3.01|upl UPL-1.0
  sleepycat Sleepycat|zpl21 ZPL-2.1|libpng Libpng|sspl SSPL-1.0 !|bsl11 BUSL-1.1 !
  publicDomain .|free .|unfree . !|unfreeRedistributable . !|unfreeRedistributableFirmware .`;

const more = new Unknown('external', 'which licenses there are depends on the release of nixpkgs');
const details = new Unknown('external', 'what else is said of a license depends on the release of nixpkgs');

interface License {
  readonly name: string;
  readonly id: string | null;
  readonly value: Value;
}

function licenseOf(row: string): License {
  const [name = '', id = '.', flag = ''] = row.trim().split(' ');
  const free = flag !== '!';
  const fields: Record<string, Value> = { shortName: string(name), free: bool(free) };
  if (id !== '.') fields['spdxId'] = string(id);
  if (flag === '-') fields['deprecated'] = bool(true);
  if (free || name.startsWith('unfree')) fields['redistributable'] = bool(free || name !== 'unfree');
  return { name, id: id === '.' ? null : id, value: { ...record(fields), open: details } };
}

let known: readonly License[] | undefined;

function all(): readonly License[] {
  return (known ??= ROWS.trim().split(/\||\n/).map(licenseOf));
}

/** `lib.licenses`. */
export const licenses: Thunk = lazily(() => ({
  ...record(Object.fromEntries(all().map(({ name, value }) => [name, value]))),
  open: more,
}));

function byId(text: string, call: Call): Value {
  const wanted = text.toLowerCase();
  return (
    all().find(({ id }) => id?.toLowerCase() === wanted)?.value ??
    unknown('external', `whether there is a license \`${text}\` depends on the release of nixpkgs`, call.at)
  );
}

export const licenseTable: LibTable = {
  licensesSpdx: lazily(() => ({
    ...record(
      Object.fromEntries(all().flatMap(({ id, value }) => (id === null ? [] : [[id, ready(value)]]))),
    ),
    open: more,
  })),
  getLicenseFromSpdxId: define('getLicenseFromSpdxId', 1, (call, id) => byId(forceString(id, call), call)),
  getLicenseFromSpdxIdOr: define('getLicenseFromSpdxIdOr', 2, (call, id) =>
    byId(forceString(id, call), call),
  ),
};
