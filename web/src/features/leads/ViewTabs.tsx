/** Views as tabs: the built-in ones and one's own; filters that are no view yet can be kept as one. */
import { ActionIcon, Button, Group, Menu, Modal, Stack, TextInput } from '@mantine/core';
import { IconBookmarkPlus, IconDots } from '@tabler/icons-react';
import { useState, type SyntheticEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackCloses } from '@/lib/history/back';
import { useMe } from '@/lib/session/session';
import { filtersOfQuery, isFiltered, sameFilters, type Filters } from './filters';
import styles from './Leads.module.css';
import type { View } from './queries';
import { BUILT_IN, useViews } from './views';

interface Props {
  readonly filters: Filters;
  readonly onFilters: (filters: Filters) => void;
}

const LONGEST = 60;

export function ViewTabs({ filters, onFilters }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const { views, keep, rename, forget } = useViews();
  const [naming, setNaming] = useState<View | 'new' | null>(null);
  const own = views.map((view) => ({ view, filters: filtersOfQuery(view.filters, me.user.id) }));
  const isNew = isFiltered(filters) && ![...BUILT_IN, ...own].some((each) => sameFilters(each.filters, filters));
  return (
    <nav className={styles['views']} aria-label={t('leads.views.label')}>
      {BUILT_IN.map((view) => (
        <Tab key={view.key} name={t(`leads.views.${view.key}`)} view={view.filters} filters={filters} onFilters={onFilters} />
      ))}
      {own.map(({ view, filters: kept }) => (
        <Tab key={view.id} name={view.name} view={kept} filters={filters} onFilters={onFilters}>
          <Menu position="bottom-start" width={180}>
            <Menu.Target>
              <ActionIcon variant="subtle" size={24} aria-label={t('leads.views.options', { name: view.name })}>
                <IconDots size={14} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setNaming(view)}>{t('leads.views.rename')}</Menu.Item>
              <Menu.Item onClick={() => forget(view)}>{t('leads.views.forget')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Tab>
      ))}
      {isNew && (
        <Button
          variant="subtle"
          size="compact-sm"
          flex="none"
          leftSection={<IconBookmarkPlus size={16} aria-hidden />}
          onClick={() => setNaming('new')}
        >
          {t('leads.views.keep')}
        </Button>
      )}
      {naming && (
        <Naming
          name={naming === 'new' ? '' : naming.name}
          onClose={() => setNaming(null)}
          onName={(name) => {
            if (naming === 'new') keep(name, filters);
            else if (name !== naming.name) rename(naming, name);
            setNaming(null);
          }}
        />
      )}
    </nav>
  );
}

interface TabProps extends Props {
  readonly name: string;
  readonly view: Filters;
  readonly children?: ReactNode;
}

function Tab({ name, view, filters, onFilters, children }: TabProps) {
  const here = sameFilters(view, filters);
  return (
    <span className={styles['view']} data-here={here}>
      <button type="button" aria-current={here ? 'true' : undefined} onClick={() => onFilters(view)}>
        {name}
      </button>
      {children}
    </span>
  );
}

interface NamingProps {
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
}

function Naming({ name, onName, onClose }: NamingProps) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  const [draft, setDraft] = useState(name);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (draft.trim()) onName(draft.trim());
  };
  const title = name ? t('leads.views.rename') : t('leads.views.keep');
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('leads.cancel') }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            data-autofocus
            label={t('leads.views.name')}
            maxLength={LONGEST}
            value={draft}
            onChange={(event) => setDraft(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('leads.cancel')}
            </Button>
            <Button type="submit" disabled={!draft.trim()}>
              {t('leads.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
