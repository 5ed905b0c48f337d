/** What every section of the settings has: a name, what it applies to, saving once something changed, both values. */
import { Button, Group, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Settings.module.css';
import type { Conflict } from './useDraft';

export interface Difference {
  readonly field: string;
  readonly mine: string;
  readonly theirs: string;
}

interface Props {
  readonly id: 'company' | 'agent' | 'meetings' | 'media' | 'stages';
  readonly dirty: boolean;
  readonly saving: boolean;
  readonly good: boolean;
  readonly conflict: Pick<Conflict<unknown>, 'keepMine' | 'takeTheirs'> | null;
  readonly differences: readonly Difference[];
  readonly onSave: () => void;
  readonly onDiscard: () => void;
  readonly children: ReactNode;
}

export function SectionFrame({ id, dirty, saving, good, conflict, differences, onSave, onDiscard, children }: Props) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby={`settings-${id}`} className={styles['section']}>
      <Title order={2} id={`settings-${id}`}>
        {t(`settings.section.${id}`)}
      </Title>
      <Text size="sm" c="var(--nx-text2)" mb="sm">
        {t(`settings.about.${id}`)}
      </Text>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (good) onSave();
        }}
      >
        {children}
        {conflict && <BothValues conflict={conflict} differences={differences} />}
        {dirty && !conflict && (
          <Group gap="sm" mt="md" className={styles['acts'] ?? ''}>
            <Button type="submit" loading={saving} disabled={!good}>
              {t('settings.save')}
            </Button>
            <Button variant="default" onClick={onDiscard}>
              {t('settings.discard')}
            </Button>
          </Group>
        )}
      </form>
    </section>
  );
}

/** Somebody was faster: what they saved stands beside one's own (UI §4). */
function BothValues({ conflict, differences }: { readonly conflict: NonNullable<Props['conflict']>; readonly differences: readonly Difference[] }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []); // it may lie below what is in sight
  return (
    <div ref={box} role="alert" tabIndex={-1} className={styles['conflict']}>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <IconAlertTriangle size={18} color="var(--nx-note-fg)" aria-hidden />
        <Text fw={500}>{t('settings.conflict.title')}</Text>
      </Group>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('settings.conflict.field')}</th>
            <th scope="col">{t('settings.conflict.mine')}</th>
            <th scope="col">{t('settings.conflict.theirs')}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ field, mine, theirs }) => (
            <tr key={field}>
              <th scope="row">{field}</th>
              <td>{mine}</td>
              <td>{theirs}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Group gap="sm">
        <Button onClick={conflict.keepMine}>{t('settings.conflict.keepMine')}</Button>
        <Button variant="default" onClick={conflict.takeTheirs}>
          {t('settings.conflict.takeTheirs')}
        </Button>
      </Group>
    </div>
  );
}
