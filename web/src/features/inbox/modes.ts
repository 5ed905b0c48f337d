/** How the agent may work, each with its mark. */
import { IconPencilCheck, IconPlayerPlay, IconPower, type Icon } from '@tabler/icons-react';
import type { AgentMode } from './queries';

export const MODES: readonly AgentMode[] = ['autopilot', 'draft', 'off'];

export const MODE_ICONS: Readonly<Record<AgentMode, Icon>> = {
  autopilot: IconPlayerPlay,
  draft: IconPencilCheck,
  off: IconPower,
};
