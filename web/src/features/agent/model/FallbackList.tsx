/** The models after the main one, asked in this order: a place up or down by buttons, as by keyboard. */
import { ActionIcon, Button, Group, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { emptyFallback, MOST_FALLBACKS, moved, type Fault, type ModelFields } from './form';
import styles from './Model.module.css';
import { ModelFieldset } from './ModelFieldset';
import type { ModelView } from './queries';

interface Props {
  readonly fallbacks: readonly ModelFields[];
  readonly served: ModelView['fallbacks'];
  readonly dirty: boolean;
  readonly faults: Readonly<Record<string, Fault>>;
  readonly onFallbacks: (fallbacks: readonly ModelFields[]) => void;
}

export function FallbackList({ fallbacks, served, dirty, faults, onFallbacks }: Props) {
  const { t } = useTranslation();
  const made = useRef(0);
  const [said, setSaid] = useState('');
  const nameOf = ({ model }: ModelFields, index: number) => model.trim() || t('model.fallback.nameless', { place: index + 2 });
  const move = (index: number, by: -1 | 1) => {
    const one = fallbacks[index];
    if (!one) return;
    onFallbacks(moved(fallbacks, index, by));
    setSaid(t('model.fallback.movedTo', { name: nameOf(one, index), place: index + by + 2 }));
  };
  const add = () => {
    made.current += 1;
    onFallbacks([...fallbacks, emptyFallback(`new ${String(made.current)}`)]);
  };
  return (
    <div className={styles['fallbacks']}>
      <Title order={3}>{t('model.fallback.title')}</Title>
      <Text size="sm" c="var(--nx-text2)">
        {t('model.fallback.about')}
      </Text>
      <ol className={styles['list']}>
        {fallbacks.map((one, index) => {
          const name = nameOf(one, index);
          const kept = dirty ? undefined : served[index];
          return (
            <li key={one.id} aria-label={name}>
              <Group justify="space-between" wrap="nowrap" gap="xs">
                <Text fw={500} truncate>
                  {t('model.fallback.place', { place: index + 2, name })}
                </Text>
                <Group gap={4} wrap="nowrap" className={styles['places'] ?? ''}>
                  <ActionIcon
                    variant="subtle"
                    size={36}
                    aria-label={t('model.fallback.up', { name })}
                    // Not `disabled`: the focus would be lost at the end of the way.
                    aria-disabled={index === 0}
                    onClick={() => move(index, -1)}
                  >
                    <IconArrowUp size={18} aria-hidden />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    size={36}
                    aria-label={t('model.fallback.down', { name })}
                    aria-disabled={index === fallbacks.length - 1}
                    onClick={() => move(index, 1)}
                  >
                    <IconArrowDown size={18} aria-hidden />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    size={36}
                    aria-label={t('model.fallback.remove', { name })}
                    onClick={() => onFallbacks(fallbacks.filter(({ id }) => id !== one.id))}
                  >
                    <IconTrash size={18} aria-hidden />
                  </ActionIcon>
                </Group>
              </Group>
              <ModelFieldset
                path={String(index)}
                fields={one}
                faults={faults}
                saved={kept ? index + 1 : null}
                keySet={kept ? kept.key.is_set : null}
                onFields={(next) => onFallbacks(fallbacks.map((each) => (each.id === one.id ? next : each)))}
              />
            </li>
          );
        })}
      </ol>
      <VisuallyHidden component="p" aria-live="polite">
        {said}
      </VisuallyHidden>
      {fallbacks.length < MOST_FALLBACKS && (
        <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
          {t('model.fallback.add')}
        </Button>
      )}
    </div>
  );
}
