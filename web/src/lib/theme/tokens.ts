/** The colours of shared UI §2, and the only file that names one. Pairs are light first. */
type Pair = readonly [light: string, dark: string];

export const NEUTRALS = {
  canvas: ['#F5F7F9', '#0E1318'],
  surface: ['#FFFFFF', '#161C22'],
  raised: ['#FFFFFF', '#1E262E'],
  line: ['#D8DEE5', '#2D3843'],
  control: ['#7C8794', '#717E8C'],
  text: ['#15202B', '#E7ECF1'],
  text2: ['#465261', '#B3BDC8'],
  meta: ['#5D6978', '#94A0AD'],
  'inverse-bg': ['#15202B', '#E7ECF1'],
  'inverse-fg': ['#FFFFFF', '#15202B'],
} as const satisfies Record<string, Pair>;

interface Meaning {
  readonly fg: Pair;
  readonly soft: Pair;
}

export const MEANINGS = {
  primary: { fg: ['#0A6579', '#4FC3D6'], soft: ['#DDF1F5', '#0E2F38'] },
  agent: { fg: ['#6A3FC0', '#BBA3F5'], soft: ['#EFE9FC', '#2A2142'] },
  hot: { fg: ['#B3350B', '#FF9B73'], soft: ['#FDE8DF', '#3A1C10'] },
  warm: { fg: ['#85560A', '#EDBB55'], soft: ['#FBF0D2', '#33270C'] },
  cold: { fg: ['#1F5FB0', '#83B6F5'], soft: ['#E2EDFB', '#14273F'] },
  muted: { fg: ['#535E6B', '#A8B2BD'], soft: ['#E9ECF0', '#252D35'] },
  ok: { fg: ['#1B6E3C', '#6FCF95'], soft: ['#DFF3E6', '#10301D'] },
  danger: { fg: ['#B01E3A', '#FF8FA3'], soft: ['#FCE4E9', '#3D141D'] },
  note: { fg: ['#6E5200', '#E6C868'], soft: ['#FFF6D6', '#2E270F'] },
} as const satisfies Record<string, Meaning>;

export type MeaningName = keyof typeof MEANINGS;

type Shades = readonly [string, string, string, string, string, string, string, string, string, string];

/** Ten shades for Mantine: 0 light soft, 4 dark fg, 7 light fg, 9 dark soft; the rest lies between. */
export function shades({ fg, soft }: Meaning): Shades {
  const [light, dark] = [fg[0], fg[1]];
  const [palest, deepest] = [soft[0], soft[1]];
  return [
    palest,
    blend(palest, dark, 0.25),
    blend(palest, dark, 0.5),
    blend(palest, dark, 0.75),
    dark,
    blend(dark, light, 0.35),
    blend(dark, light, 0.7),
    light,
    blend(light, deepest, 0.5),
    deepest,
  ];
}

function blend(from: string, to: string, share: number): string {
  const channel = (offset: number) => {
    const [start, end] = [from, to].map((hex) => Number.parseInt(hex.slice(offset, offset + 2), 16)) as [number, number];
    return Math.round(start + (end - start) * share)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

/** Mantine's own neutrals, so that what it paints by itself fits ours. */
export const GRAY: Shades = [
  '#F5F7F9', '#E9ECF0', '#DDE2E8', '#D8DEE5', '#B4BDC6', '#7C8794', '#5D6978', '#465261', '#2C3947', '#15202B',
];
export const DARK: Shades = [
  '#E7ECF1', '#B3BDC8', '#94A0AD', '#717E8C', '#2D3843', '#252D35', '#1E262E', '#161C22', '#0E1318', '#0A0E12',
];

/** The variables of one scheme: `--nx-surface`, `--nx-agent-fg`, `--nx-agent-soft` and so on. */
export function variables(scheme: 'light' | 'dark'): Record<string, string> {
  const side = scheme === 'light' ? 0 : 1;
  const neutrals = Object.entries(NEUTRALS).map(([name, pair]) => [`--nx-${name}`, pair[side]] as const);
  const meanings = Object.entries(MEANINGS).flatMap(([name, { fg, soft }]) => [
    [`--nx-${name}-fg`, fg[side]] as const,
    [`--nx-${name}-soft`, soft[side]] as const,
  ]);
  return Object.fromEntries([...neutrals, ...meanings, ['--nx-on-fill', side ? '#0E1318' : '#FFFFFF'] as const]);
}
