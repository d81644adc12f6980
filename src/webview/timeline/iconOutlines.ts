/** Outlines on a field of 16 by 16, in the manner of the editor's own icons. */
export const OUTLINES = {
  // Sources
  database:
    'M3 4c0-1.1 2.2-2 5-2s5 .9 5 2-2.2 2-5 2-5-.9-5-2zM3 4v8c0 1.1 2.2 2 5 2s5-.9 5-2V4M3 8c0 1.1 2.2 2 5 2s5-.9 5-2',
  lines: 'M2.5 3.5h11M2.5 6.5h11M2.5 9.5h8M2.5 12.5h5',
  chain: 'M6.5 9.5l3-3M7 5l1.8-1.8a2.8 2.8 0 0 1 4 4L11 9M9 11l-1.8 1.8a2.8 2.8 0 0 1-4-4L5 7',
  // Signs
  warning: 'M8 2.2l6.3 11.3H1.7zM8 6.5v3.2M8 11.2v1',
  error: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM8 4.6v4.2M8 10.4v1',
  info: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM8 7.2v4.2M8 4.6v1',
  shield: 'M8 1.8l5 1.7v4c0 3.2-2 5.5-5 6.7-3-1.2-5-3.5-5-6.7v-4zM5.8 7.8l1.7 1.7L10.4 6.4',
  // Outcomes
  pass: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM5 8.2l2.1 2.1L11 6.2',
  blocked: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM3.6 3.6l8.8 8.8',
  block: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM6 6h4v4H6z',
  denied: 'M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5zM5 8h6',
  failed: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8',
  skipped: 'M3 4l5 4-5 4zM8.5 4l5 4-5 4z',
  play: 'M5 3.2L12.5 8 5 12.8z',
  circle: 'M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3z',
  unknown:
    'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM6.2 6.2c.1-1 .8-1.7 1.8-1.7 1.1 0 1.9.7 1.9 1.7 0 1.5-1.9 1.5-1.9 3M8 10.7v1',
  // Risks
  low: 'M3 6l5 5 5-5',
  medium: 'M3 6h10M3 10h10',
  high: 'M3 10l5-5 5 5',
  critical: 'M3 8.5l5-5 5 5M3 13l5-5 5 5',
  // Doing
  export: 'M8 2v7.5M5 6.5l3 3 3-3M2.5 10.5v3h11v-3',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  up: 'M3 10.5l5-5 5 5',
  down: 'M3 5.5l5 5 5-5',
  right: 'M6 3.5L10.5 8 6 12.5',
  twistieDown: 'M3.5 6L8 10.5 12.5 6',
} as const;

export type IconName = keyof typeof OUTLINES;
