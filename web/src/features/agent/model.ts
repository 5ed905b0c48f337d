/** The section of the agent's model, which comes with its own words. */
import { lazy, type ComponentType } from 'react';
import { withWords } from '@/lib/i18n';

interface Module {
  readonly ModelSection: ComponentType;
}

const found = Object.values(import.meta.glob<Module>('./model/ModelSection.tsx'))[0];

/** Undefined where this build has none. */
export const ModelSection = found && lazy(async () => ({ default: (await withWords(found())).ModelSection }));
