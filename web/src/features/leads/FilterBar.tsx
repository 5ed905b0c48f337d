/** Search and filters in one line: a filter that is set is a chip with its value, and its cross takes it away. */
import { ActionIcon, Button, Menu, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconChevronDown, IconSearch, IconX } from '@tabler/icons-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withWords } from '@/lib/i18n';
import { useShortcut } from '@/lib/keys/keys';
import { stageName, useStages } from '@/lib/pipeline/stages';
import { useMe } from '@/lib/session/session';
import { useTeam } from '@/lib/team/team';
import { INTERESTS, MORE_FILTERS, SOURCES, type FilterName, type Filters } from './filters';
import styles from './Leads.module.css';

const MoreFilters = lazy(async () => ({ default: (await withWords(import('./MoreFilters'))).MoreFilters }));

interface Props {
  readonly filters: Filters;
  readonly onFilters: (filters: Filters) => void;
  /** The board has its stages as columns. */
  readonly withStage: boolean;
}

interface Option {
  readonly value: string | number;
  readonly label: string;
}

const TYPING_MS = 250;

export function FilterBar({ filters, onFilters, withStage }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const stages = useStages();
  const others = useTeam().filter(({ id, active }) => active && id !== me.user.id);
  const options: Record<'stage' | 'interest' | 'owner' | 'source', readonly Option[]> = {
    stage: stages.map(({ key }) => ({ value: key, label: stageName(key, stages, t) })),
    interest: INTERESTS.map((value) => ({ value, label: t(`interest.${value}`) })),
    owner: [
      { value: 'me', label: t('leads.owner.me') },
      { value: 'nobody', label: t('leads.owner.nobody') },
      ...others.map(({ id, name }) => ({ value: id, label: name })),
    ],
    source: SOURCES.map((value) => ({ value, label: t(`source.${value}`) })),
  };
  const [pressed, setPressed] = useState(false);
  const more = pressed || MORE_FILTERS.some((name) => filters[name] !== undefined);
  const names = (['stage', 'interest', 'owner', 'source'] as const).filter((name) => withStage || name !== 'stage');
  const without = (name: FilterName) =>
    onFilters(Object.fromEntries(Object.entries(filters).filter(([each]) => each !== name)));
  return (
    <div className={styles['filters']} role="search" aria-label={t('leads.filters')}>
      <SearchBox text={filters.q ?? ''} onText={(q) => (q ? onFilters({ ...filters, q }) : without('q'))} />
      {names.map((name) => (
        <Filter
          key={name}
          label={t(`leads.column.${name}`)}
          options={options[name]}
          value={filters[name]}
          onValue={(value) => onFilters({ ...filters, [name]: value })}
          onNone={() => without(name)}
        />
      ))}
      {more ? (
        <Suspense fallback={<MoreButton />}>
          <MoreFilters filters={filters} onFilters={onFilters} pressed={pressed} />
        </Suspense>
      ) : (
        <MoreButton onPress={() => setPressed(true)} />
      )}
    </div>
  );
}

/** Stands for the rarer filters until somebody wants them: their form is as large as the rest of the page. */
function MoreButton({ onPress }: { readonly onPress?: () => void }) {
  const { t } = useTranslation();
  return (
    <Button variant="subtle" size="compact-sm" leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />} onClick={onPress}>
      {t('leads.moreFilters')}
    </Button>
  );
}

function SearchBox({ text, onText }: { readonly text: string; readonly onText: (text: string) => void }) {
  const { t } = useTranslation();
  const box = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(text);
  const [known, setKnown] = useState({ text, sent: text });
  // What comes back of one's own typing is older than the draft; another text comes from a view or a link.
  if (text !== known.text) {
    setKnown({ ...known, text });
    if (text !== known.sent) setDraft(text);
  }
  const say = useDebouncedCallback((sent: string) => {
    setKnown((before) => ({ ...before, sent }));
    onText(sent);
  }, TYPING_MS);
  useShortcut('/', t('search'), () => box.current?.focus());
  return (
    <TextInput
      ref={box}
      type="search"
      className={styles['find'] ?? ''}
      aria-label={t('leads.search')}
      placeholder={t('leads.search')}
      leftSection={<IconSearch size={16} aria-hidden />}
      maxLength={100}
      value={draft}
      onChange={(event) => {
        setDraft(event.currentTarget.value);
        say(event.currentTarget.value.trim());
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}

interface FilterProps {
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: string | number | undefined;
  readonly onValue: (value: string | number) => void;
  readonly onNone: () => void;
}

function Filter({ label, options, value, onValue, onNone }: FilterProps) {
  const { t } = useTranslation();
  const set = value !== undefined;
  const shown = options.find((option) => option.value === value)?.label ?? String(value);
  return (
    <span className={styles['filter']} data-set={set}>
      <Menu position="bottom-start" width={200}>
        <Menu.Target>
          <Button variant="subtle" size="compact-sm" {...(!set && { c: 'var(--nx-text2)' })} rightSection={!set && <IconChevronDown size={14} aria-hidden />}>
            {set ? `${label}: ${shown}` : label}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={360} className={styles['choices'] ?? ''}>
          {options.map((option) => (
            <Menu.Item key={option.value} onClick={() => onValue(option.value)} aria-current={option.value === value}>
              {option.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {set && (
        <ActionIcon variant="subtle" size={24} aria-label={t('leads.removeFilter', { label })} onClick={onNone}>
          <IconX size={14} />
        </ActionIcon>
      )}
    </span>
  );
}
