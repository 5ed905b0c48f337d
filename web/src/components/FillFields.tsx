/** The texts that fill a template for anybody: typed, or taken from the lead by a field in braces. */
import { Menu, Textarea, UnstyledButton } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Template, Values } from '@/lib/templates/templates';
import { variableName } from './TemplateForm';

export const FIELDS = ['first_name', 'full_name', 'company', 'need', 'our_company', 'agent'] as const;
export const MEETING_FIELDS = ['meeting_day', 'meeting_time', 'seller', 'meeting_link'] as const;
const FIELD = /\{\{\s*(\w{1,40})\s*(?:\|([^{}]{0,200}))?\}\}/g;

interface Props {
  readonly template: Template;
  readonly fills: Values;
  readonly onFills: (fills: Values) => void;
}

export function FillFields({ template, fills, onFills }: Props) {
  const { t } = useTranslation();
  return template.variables.map((variable) => (
    <FillInput
      key={variable.key}
      label={variableName(variable, t)}
      value={fills[variable.key] ?? ''}
      {...(variable.sample && { placeholder: variable.sample })}
      onValue={(value) => onFills({ ...fills, [variable.key]: value })}
    />
  ));
}

interface InputProps {
  readonly label: string;
  readonly description?: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

export function FillInput({ label, description, placeholder, value, onValue }: InputProps) {
  const { t } = useTranslation();
  return (
    <Textarea
      label={label}
      autosize
      minRows={1}
      maxRows={4}
      maxLength={1024}
      value={value}
      {...(description && { description })}
      {...(placeholder && { placeholder })}
      onChange={(event) => onValue(event.currentTarget.value)}
      rightSection={
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <UnstyledButton aria-label={t('templates.field.insert', { label })} p={6}>
              <IconBraces size={16} aria-hidden />
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
            {[...FIELDS, ...MEETING_FIELDS].map((field) => (
              <Menu.Item key={field} onClick={() => onValue(`${value}{{${field}}}`)}>
                {t(`templates.field.${field}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      }
    />
  );
}

/** The texts as a reader understands them: a field by its name, or by what stands in for it. */
export function useReadable(): (text: string) => string {
  const { t } = useTranslation();
  return (text) =>
    text.replaceAll(FIELD, (whole, name: string) => {
      const known = [...FIELDS, ...MEETING_FIELDS].find((field) => field === name);
      return known ? `‹${t(`templates.field.${known}`)}›` : whole;
    });
}
