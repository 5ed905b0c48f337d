/** A short list of lines that are written one by one. */
import { ActionIcon, Button, Input, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './Agent.module.css';

interface Props {
  readonly label: string;
  readonly about: string;
  readonly placeholder: string;
  readonly add: string;
  readonly lines: readonly string[];
  readonly most: number;
  readonly onLines: (lines: readonly string[]) => void;
}

export function Lines({ label, about, placeholder, add, lines, most, onLines }: Props) {
  const { t } = useTranslation();
  return (
    <Input.Wrapper label={label} description={about} labelElement="div" role="group" aria-label={label}>
      <ul className={styles['lines']}>
        {lines.map((line, index) => (
          <li key={index}>
            <TextInput
              aria-label={`${label} ${String(index + 1)}`}
              placeholder={placeholder}
              maxLength={200}
              value={line}
              onChange={(event) => onLines(lines.with(index, event.currentTarget.value))}
            />
            <ActionIcon
              variant="subtle"
              size={36}
              className={styles['act'] ?? ''}
              aria-label={t('agentPage.removeLine', { number: index + 1 })}
              onClick={() => onLines(lines.filter((_, other) => other !== index))}
            >
              <IconX size={18} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {lines.length < most && (
        <Button variant="default" size="xs" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => onLines([...lines, ''])}>
          {add}
        </Button>
      )}
    </Input.Wrapper>
  );
}
