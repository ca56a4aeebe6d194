import { forceString } from '../arguments';
import { bool, record, string } from '../construct';
import { define } from '../primop';
import { lazily, ready, type Thunk } from '../thunk';
import { Unknown, unknown, type Call, type Value } from '../value';
import type { LibTable } from './support';

/** nixpkgs lib/licenses: names, identifiers and whether they are free. What each release says beyond this of them is not known. */

/**
 * Name and SPDX identifier (`.` for none); `!` for those that are not free, `-` for those whose name is deprecated.
 * Source: nixpkgs lib/licenses/licenses.nix; those that many packages have come first, the same in all releases since
 * 21.11, then the others of release 26.11.
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
  publicDomain .|free .|unfree . !|unfreeRedistributable . !|unfreeRedistributableFirmware .
  abstyles Abstyles|acsl14 . !|activision . !|adobeDisplayPostScript Adobe-Display-PostScript
  adobeUtopia Adobe-Utopia|afl20 AFL-2.0|afl21 AFL-2.1|afl3 AFL-3.0|aladdin Aladdin !|amazonsl . !|amd . !
  aml AML|ampas AMPAS|aom .|apple-psl10 APSL-1.0|apple-psl20 APSL-2.0|apsl10 APSL-1.0 -|apsl20 APSL-2.0 -
  arphicpl Arphic-1999|artistic1-cl8 Artistic-1.0-cl8|asl11 Apache-1.1|baekmuk Baekmuk|beerware Beerware
  bitTorrent10 BitTorrent-1.0|bitTorrent11 BitTorrent-1.1|bitstreamCharter Bitstream-Charter
  bitstreamVera Bitstream-Vera|blueOak100 BlueOak-1.0.0|boehmGC Boehm-GC|bola11 BOLA-1.1|bsd1 BSD-1-Clause
  bsd2Patent BSD-2-Clause-Patent|bsd2WithViews BSD-2-Clause-Views|bsd3ClauseTso BSD-3-Clause-Tso
  bsd3Clear BSD-3-Clause-Clear|bsd3Lbnl BSD-3-Clause-LBNL|bsd3Modification BSD-3-Clause-Modification
  bsdAxisNoDisclaimerUnmodified .|bsdOriginalShortened BSD-4-Clause-Shortened|bsdOriginalUC BSD-4-Clause-UC
  bsdProtection BSD-Protection|bsdSourceCode BSD-Source-Code|bzip2 bzip2-1.0.6|cal10 CAL-1.0|caldera Caldera
  capec CAPEC-tou|cc-by-10 CC-BY-1.0|cc-by-20 CC-BY-2.0|cc-by-nc-30 CC-BY-NC-3.0 !
  cc-by-nc-nd-30 CC-BY-NC-ND-3.0 !|cc-by-nc-nd-40 CC-BY-NC-ND-4.0 !|cc-by-nc-sa-20 CC-BY-NC-SA-2.0 !
  cc-by-nc-sa-25 CC-BY-NC-SA-2.5 !|cc-by-nc-sa-30 CC-BY-NC-SA-3.0 !|cc-by-nd-30 CC-BY-ND-3.0 !
  cc-by-sa-10 CC-BY-SA-1.0|cc-by-sa-20 CC-BY-SA-2.0|cc-by-sa-25 CC-BY-SA-2.5|cc-sa-10 CC-SA-1.0|cddl CDDL-1.0
  cecill-b CECILL-B|cecill-c CECILL-C|cecill20 CECILL-2.0|cecill21 CECILL-2.1|cfitsio CFITSIO
  clArtistic ClArtistic|classpathException20 Classpath-exception-2.0|cnri-python CNRI-Python
  cockroachdb-community-license . !|commons-clause . !|cpal10 CPAL-1.0|cpl10 CPL-1.0|cronyx Cronyx
  databricks . !|databricks-dbx . !|databricks-license . !|dec3Clause DEC-3-Clause|doc DOC
  docBookDtd DocBook-DTD|drl10 DRL-1.0|dtoa dtoa|eapl . !|efl10 EFL-1.0|efl20 EFL-2.0|elastic20 Elastic-2.0 !
  epson . !|fair Fair|fdl11Only GFDL-1.1-only|fdl11Plus GFDL-1.1-or-later|fdl12Only GFDL-1.2-only
  fdl12Plus GFDL-1.2-or-later|fdl13Only GFDL-1.3-only|fdl13Plus GFDL-1.3-or-later|ffsl . !
  fontException Font-exception-2.0|fraunhofer-fdk FDK-AAC|ftl FTL|g4sl .|generaluser .|geogebra . !|gfl .|gfsl .
  giftware Giftware|gnuplot gnuplot|hpnd HPND|hpndDec HPND-DEC|hpndDifferentDisclaimer .|hpndDoc HPND-doc
  hpndDocSell HPND-doc-sell|hpndSellVariant HPND-sell-variant
  hpndSellVariantMitDisclaimerXserver HPND-sell-MIT-disclaimer-xserver
  hpndSellVariantSafetyClause HPND-sell-variant-critical-systems|hpndUc HPND-UC|hyphenBulgarian hyphen-bulgarian
  iasl Intel-ACPI|icu ICU|ijg IJG|imagemagick ImageMagick|imlib2 Imlib2|info-zip Info-ZIP|inria-compcert . !
  inria-icesl . !|inria-zelus . !|intel-eula . !|interbase Interbase-1.0|ipa IPA|ipl10 IPL-1.0|issl . !
  json JSON !|knuth Knuth-CTAN|lal12 LAL-1.2|lal13 LAL-1.3|lens . !|lgpllr LGPLLR|libpng2 libpng-2.0
  libtiff libtiff|liliq-p-11 LiLiQ-P-1.1|llgpl21 .|llvm-exception LLVM-exception|lpl-102 LPL-1.02|lppl1 LPPL-1.0
  lppl12 LPPL-1.2|lppl13a LPPL-1.3a|lppl13c LPPL-1.3c|lsof lsof|miros MirOS|mit-cmu MIT-CMU|mit-enna MIT-enna
  mit-feh MIT-feh|mit-modern MIT-Modern-Variant|mit0 MIT-0|mitAdvertising MIT-advertising
  mitOpenGroup MIT-open-group|mpich2 mpich2|mplus mplus|mspl MS-PL|mulan-psl2 MulanPSL-2.0|naist-2003 NAIST-2003
  nasa13 NASA-1.3 !|ncbiPd NCBI-PD !|netboxLimitedUse . !|ngpl NGPL|nistSoftware NIST-Software|nlpl NLPL
  nposl3 NPOSL-3.0|ntp NTP|obsidian . !|ocamlLgplLinkingException OCaml-LGPL-linking-exception|ocamlpro_nc . !
  odbl ODbL-1.0|oml OML|openldap OLDAP-2.8|opubl OPUBL-1.0|osl2 OSL-2.0|osl21 OSL-2.1|osl3 OSL-3.0
  paratype ParaType-Free-Font-1.3|parity70 Parity-7.0.0|postman . !|prosperity30 . !|qhull Qhull|qpl QPL-1.0
  qwtException Qwt-exception-1.0|sendmail Sendmail|sgi-b-20 SGI-B-2.0|sgmlug SGMLUG-PM|sissl11 SISSL
  smail SMAIL-GPL|smlnj SMLNJ|stk .|sudo .|sustainableUse SUL-1.0 !|tcltk TCL|tcpWrappers TCP-wrappers
  tekHvcLicense TekHVC|torque11 TORQUE-1.1|tost Pixar|ubdlException UBDL-exception|ucd .|ufl Ubuntu-font-1.0
  unicode-30 Unicode-3.0|unicode-dfs-2015 Unicode-DFS-2015|unicode-dfs-2016 Unicode-DFS-2016
  unicodeTOU Unicode-TOU|universalFOSSException-10 Universal-FOSS-exception-1.0|virtualbox-puel . !|vol-sl .
  vsl10 VSL-1.0|w3c W3C|w3c-19980720 W3C-19980720|wadalab .|wxWindowsException31 WxWindows-exception-3.1
  x11BsdClause .|x11NoPermitPersons X11-no-permit-persons|xerox Xerox|xfig Xfig|xinetd xinetd|xskat XSkat
  zpl20 ZPL-2.0`;

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
      // Of two licenses with one identifier, the first is found by it.
      Object.fromEntries(
        [...all()].reverse().flatMap(({ id, value }) => (id === null ? [] : [[id, ready(value)]])),
      ),
    ),
    open: more,
  })),
  getLicenseFromSpdxId: define('getLicenseFromSpdxId', 1, (call, id) => byId(forceString(id, call), call)),
  getLicenseFromSpdxIdOr: define('getLicenseFromSpdxIdOr', 2, (call, id) =>
    byId(forceString(id, call), call),
  ),
};
