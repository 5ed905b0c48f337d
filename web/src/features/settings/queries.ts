/** The company's settings, a section at a time, and its stages as they are arranged here. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';

export type Sections = Schemas['CompanySettingsView'];
export type SectionName = keyof Sections;
export type ValuesOf<Name extends SectionName> = Sections[Name]['values'];

/** What was read, and the name that a change of it must give. */
export interface Served<Values> {
  readonly version: string;
  readonly values: Values;
}

export type StageKind = 'open' | 'won' | 'lost';

export interface NamedStage {
  /** Below zero until it is saved. */
  readonly id: number;
  /** Empty until it is saved. */
  readonly key: string;
  readonly kind: StageKind;
  readonly name: string;
  /** A name that the company gave; the ones it began with are shown in the reader's language. */
  readonly ownName: boolean;
  /** After how many days in it a lead is marked on the board; null: never. */
  readonly dayLimit: number | null;
  /** Out of a hundred, how likely one of its leads is won. */
  readonly probability: number;
  /** Keys of the stages to which no lead goes from it. */
  readonly closedTo: readonly string[];
}
export type Stages = readonly NamedStage[];

export const settingsKeys = {
  all: ['settings'] as const,
  sections: ['settings', 'sections'] as const,
  stages: ['settings', 'stages'] as const,
  holidays: ['settings', 'holidays'] as const,
};

export const sectionsQuery = queryOptions({
  queryKey: settingsKeys.sections,
  queryFn: async ({ signal }): Promise<Sections> => bodyOf(await api.GET('/admin/core/settings', { signal })),
});

export type Holidays = Schemas['HolidaysView'];

/** Days that stand together: one, or those that the company closed as one. */
export interface Stretch {
  readonly first: string;
  readonly last: string;
  readonly name: string;
}

/** The company's year; for another country than its own, that one's regions. */
export const holidaysQuery = (year: number, country = '') =>
  queryOptions({
    queryKey: [...settingsKeys.holidays, year, country],
    queryFn: async ({ signal }): Promise<Holidays> => {
      const query = { year, ...(country !== '' && { country }) };
      return bodyOf(await api.GET('/admin/core/settings/holidays', { params: { query }, signal }));
    },
  });

/** From a day to another, both included. */
export async function setHoliday({ first, last, name }: Stretch, closed: boolean): Promise<Holidays> {
  const body = { closed, name, ...(last !== first && { last_day: last }) };
  return bodyOf(await api.PUT('/admin/core/settings/holidays/{day}', { params: { path: { day: first } }, body }));
}

export const stagesServedQuery = queryOptions({
  queryKey: settingsKeys.stages,
  queryFn: async ({ signal }) => servedStages(bodyOf(await api.GET('/crm/pipeline/stages', { signal }))),
});

type Save = { readonly [Name in SectionName]: (body: Served<ValuesOf<Name>>) => Promise<Sections[Name]> };

export const SAVE: Save = {
  company: async (body) => bodyOf(await api.PUT('/admin/core/settings/company', { body })),
  agent: async (body) => bodyOf(await api.PUT('/admin/core/settings/agent', { body })),
  media: async (body) => bodyOf(await api.PUT('/admin/core/settings/media', { body })),
  meetings: async (body) => bodyOf(await api.PUT('/admin/core/settings/meetings', { body })),
};

export async function saveStages({ version, values }: Served<Stages>): Promise<Served<Stages>> {
  const stages = values.map(({ id, name, kind, dayLimit, probability, closedTo }) => ({
    ...(id > 0 && { id }),
    name: name.trim(),
    kind,
    day_limit: dayLimit,
    probability,
    closed_to: [...closedTo],
  }));
  return servedStages(bodyOf(await api.PUT('/crm/pipeline/stages', { body: { version, stages } })));
}

/** Its leads go to the other one. */
export async function removeStage(id: number, to: number): Promise<Served<Stages>> {
  const params = { path: { stage_id: id }, query: { move_to: to } };
  return servedStages(bodyOf(await api.DELETE('/crm/pipeline/stages/{stage_id}', { params })));
}

function servedStages({ version, items }: Schemas['StagesView']): Served<Stages> {
  const values = items.map(({ id, key, kind, name, own_name: ownName, day_limit: dayLimit, probability, closed_to: closedTo }) => {
    const known: StageKind = kind === 'won' || kind === 'lost' ? kind : 'open';
    return { id, key, kind: known, name, ownName, dayLimit, probability, closedTo };
  });
  return { version, values };
}
