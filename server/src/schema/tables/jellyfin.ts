import type { OptionDoc } from '../option';

/** How Jellyfin transcodes. Read in nixpkgs nixos/modules/services/misc/jellyfin.nix, which has these since NixOS 26.05. */

type Row = Omit<OptionDoc, 'source' | 'since' | 'path'>;

const CODECS = {
  hardwareDecodingCodecs: [
    ['h264', 'H.264'],
    ['hevc', 'HEVC'],
    ['mpeg2', 'MPEG-2'],
    ['vc1', 'VC-1'],
    ['vp8', 'VP8'],
    ['vp9', 'VP9'],
    ['av1', 'AV1'],
    ['hevc10bit', 'HEVC with 10 bits'],
    ['hevcRExt10bit', 'HEVC’s range extensions with 10 bits'],
    ['hevcRExt12bit', 'HEVC’s range extensions with 12 bits'],
  ],
  hardwareEncodingCodecs: [
    ['hevc', 'HEVC'],
    ['av1', 'AV1'],
  ],
} as const;

const OPTIONS: Readonly<Record<string, Row>> = {
  'hardwareAcceleration.enable': {
    type: 'boolean',
    description:
      'Whether the settings for transcoding are written, and a device of the graphics card is opened.',
    default: false,
    pitfall:
      'In a container the device has to be there too: `bindMounts` and `allowedDevices` of the container.',
  },
  'hardwareAcceleration.device': {
    type: 'null or absolute path',
    description: 'The device that transcodes. It must be set where `hardwareAcceleration.enable` is.',
    default: null,
    example: '"/dev/dri/renderD128"',
  },
  'hardwareAcceleration.type': {
    type: 'one of "none", "amf", "qsv", "nvenc", "v4l2m2m", "vaapi", "rkmpp"',
    description: 'The interface by which the graphics card is asked.',
    default: 'none',
  },
  forceEncodingConfig: {
    type: 'boolean',
    description:
      'Whether `encoding.xml` is written anew at each start, with a copy of what was there. Otherwise it is written only while there is none, and what is changed in the dashboard stays.',
    default: false,
  },
  'transcoding.maxConcurrentStreams': {
    type: 'null or (positive integer, meaning >0)',
    description: 'How many streams are transcoded at once; any number where it is null.',
    default: null,
  },
  'transcoding.enableToneMapping': {
    type: 'boolean',
    description: 'Whether colours of HDR are mapped to those of other screens.',
    default: true,
  },
  'transcoding.enableSubtitleExtraction': {
    type: 'boolean',
    description: 'Whether subtitles inside a video are sent as text, so that they need not be burnt in.',
    default: true,
  },
  'transcoding.throttleTranscoding': {
    type: 'boolean',
    description: 'Whether transcoding pauses when it is far enough ahead of what is watched.',
    default: false,
  },
  'transcoding.threadCount': {
    type: 'null or (positive integer, meaning >0)',
    description: 'How many threads transcode; as many as fit where it is null.',
    default: null,
  },
  'transcoding.hardwareDecodingCodecs': {
    type: 'submodule',
    description: 'What the graphics card decodes, each a yes or no.',
    default: {},
  },
  'transcoding.hardwareEncodingCodecs': {
    type: 'submodule',
    description: 'What the graphics card encodes beside H.264, each a yes or no.',
    default: {},
  },
  'transcoding.encodingPreset': {
    type: 'one of "auto", "veryslow", "slower", "slow", "medium", "fast", "faster", "veryfast", "superfast", "ultrafast"',
    description: 'How much time is taken for quality.',
    default: 'auto',
  },
  'transcoding.deleteSegments': {
    type: 'boolean',
    description: 'Whether parts of a transcoded video are deleted once they are no longer needed.',
    default: true,
  },
  'transcoding.h264Crf': {
    type: 'integer between 0 and 51 (both inclusive)',
    description: 'The quality of H.264: the lower, the better.',
    default: 23,
  },
  'transcoding.h265Crf': {
    type: 'integer between 0 and 51 (both inclusive)',
    description: 'The quality of HEVC: the lower, the better.',
    default: 28,
  },
  'transcoding.enableHardwareEncoding': {
    type: 'boolean',
    description: 'Whether the graphics card encodes, and not only decodes.',
    default: false,
  },
  'transcoding.enableIntelLowPowerEncoding': {
    type: 'boolean',
    description: 'Whether the low-power encoders of Intel’s cards are used, which need the HuC firmware.',
    default: false,
  },
};

const codecs = Object.entries(CODECS).flatMap(([set, names]) =>
  names.map(([name, words]): readonly [string, Row] => {
    const what = set === 'hardwareDecodingCodecs' ? 'decodes' : 'encodes';
    const description = `Whether the graphics card ${what} ${words}.`;
    return [`transcoding.${set}.${name}`, { type: 'boolean', description, default: false }];
  }),
);

export const JELLYFIN_TRANSCODING: readonly Omit<OptionDoc, 'source'>[] = [
  ...Object.entries(OPTIONS),
  ...codecs,
].map(([path, row]) => ({ ...row, path: `services.jellyfin.${path}`, since: '26.05' }));
