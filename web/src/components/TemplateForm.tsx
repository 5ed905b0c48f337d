/** Choose a template, fill what it leaves open, see how it will read: wherever somebody writes by template. */
import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { flawOf, isWhole, type Flaw, type Offered, type Values, type Variable } from '@/lib/templates/templates';
import styles from './TemplateForm.module.css';
import { TemplatePreview } from './TemplatePreview';

interface Props {
  readonly offered: readonly Offered[];
  readonly sending: boolean;
  readonly disabled?: boolean;
  /** What the server has refused, by the variable's key. */
  readonly refused?: Readonly<Record<string, Flaw>>;
  readonly onSend: (templateId: number, values: Values) => void;
}

export function TemplateForm({ offered, sending, disabled = false, refused = {}, onSend }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(offered[0]?.template.id ?? 0);
  const [typed, setTyped] = useState<Readonly<Record<number, Values>>>({});
  const offer = offered.find(({ template }) => template.id === chosen) ?? offered[0];
  if (!offer) return null;
  const { template } = offer;
  const own = typed[template.id] ?? {};
  const values = { ...offer.values, ...own };
  const numbers = new Set(offered.map(({ template: { channel_id } }) => channel_id)).size;
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole(template, values)) onSend(template.id, values);
      }}
    >
      <Stack gap="sm" className={styles['fields'] ?? ''}>
        <Select
          label={t('templates.template')}
          data={offered.map(({ template: { id, name, language, channel_name: number } }) => ({
            value: String(id),
            label: [name, language, ...(numbers > 1 ? [number] : [])].join(' · '),
          }))}
          value={String(template.id)}
          onChange={(value) => value && setChosen(Number(value))}
          allowDeselect={false}
          searchable={offered.length > 8}
          data-first
        />
        {template.variables.map((variable) => (
          <TextInput
            key={variable.key}
            label={variableName(variable, t)}
            {...(variable.sample && { placeholder: variable.sample })}
            value={values[variable.key] ?? ''}
            maxLength={variable.limit + 20}
            error={shownFlaw(variable, own[variable.key], refused[variable.key], t)}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setTyped({ ...typed, [template.id]: { ...own, [variable.key]: value } });
            }}
          />
        ))}
        <Group justify="flex-end">
          <Button
            type="submit"
            loading={sending}
            disabled={disabled || !isWhole(template, values)}
            leftSection={<IconSend size={16} aria-hidden />}
          >
            {t('templates.send')}
          </Button>
        </Group>
      </Stack>
      <TemplatePreview template={template} values={values} />
    </form>
  );
}

/** «Variable 1», «Encabezado 1», «Archivo del encabezado», «Botón 2». */
export function variableName({ part, name, is_link }: Variable, t: TFunction): string {
  return is_link ? t('templates.variable.file') : t(`templates.variable.${part}`, { name });
}

/** What is wrong with a value, once it was typed or refused. */
function shownFlaw(variable: Variable, typed: string | undefined, refused: Flaw | undefined, t: TFunction): string | null {
  const flaw = typed === undefined ? refused : flawOf(variable, typed);
  return flaw ? t(`templates.flaw.${flaw}`, { limit: variable.limit }) : null;
}
