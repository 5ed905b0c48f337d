/** Actions or choices behind a button: a menu on a screen, a sheet at the bottom on a phone (UI §3). */
import { Drawer, Kbd, Menu, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconCheck } from '@tabler/icons-react';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackCloses } from '@/lib/history/back';
import styles from './ActionMenu.module.css';

export interface ActionItem {
  readonly key: string;
  readonly label: string;
  /** A second line that says what it means. */
  readonly hint?: string;
  readonly icon?: ReactNode;
  readonly shortcut?: string;
  /** For choices: which one holds now. */
  readonly checked?: boolean;
  readonly onRun: () => void;
}

export interface ActionSection {
  readonly key: string;
  readonly label?: string;
  readonly items: readonly ActionItem[];
}

interface Props {
  readonly title: string;
  readonly sections: readonly ActionSection[];
  readonly opened: boolean;
  readonly onChange: (opened: boolean) => void;
  /** The button. */
  readonly children: ReactElement<{ onClick?: () => void }>;
}

export function ActionMenu({ title, sections, opened, onChange, children }: Props) {
  const { t } = useTranslation();
  const phone = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
  useBackCloses(opened, () => onChange(false));
  const shown = sections.filter(({ items }) => items.length > 0);
  if (phone) {
    return (
      <>
        <span className={styles['target']} onClickCapture={() => onChange(true)}>
          {children}
        </span>
        <Drawer
          opened={opened}
          onClose={() => onChange(false)}
          position="bottom"
          title={title}
          size="auto"
          classNames={{ inner: styles['low'] ?? '', content: styles['sheet'] ?? '' }}
          closeButtonProps={{ 'aria-label': t('close'), size: 44 }}
        >
          {shown.map((section) => (
            <div key={section.key} role="group" aria-label={section.label ?? title}>
              {section.label !== undefined && <div className={styles['label']}>{section.label}</div>}
              {section.items.map((item) => (
                <UnstyledButton
                  key={item.key}
                  className={styles['item']}
                  {...(item.checked !== undefined && { 'aria-pressed': item.checked })}
                  onClick={() => {
                    onChange(false);
                    item.onRun();
                  }}
                >
                  <Words item={item} />
                  {item.checked === true && <IconCheck size={16} aria-hidden />}
                </UnstyledButton>
              ))}
            </div>
          ))}
        </Drawer>
      </>
    );
  }
  return (
    <Menu opened={opened} onChange={onChange} position="bottom-end" width={260} withinPortal>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown mah="min(480px, 80vh)" className={styles['list']} aria-label={title}>
        {shown.map((section, index) => (
          <div key={section.key} role="group" aria-label={section.label ?? title}>
            {index > 0 && <Menu.Divider />}
            {section.label !== undefined && <Menu.Label>{section.label}</Menu.Label>}
            {section.items.map((item) =>
              item.checked === undefined ? (
                <Menu.Item key={item.key} onClick={item.onRun}>
                  <Words item={item} />
                </Menu.Item>
              ) : (
                <Menu.RadioItem
                  key={item.key}
                  value={item.key}
                  checked={item.checked}
                  checkIcon={<IconCheck size={14} aria-hidden />}
                  closeMenuOnClick
                  onChange={item.onRun}
                >
                  <Words item={item} />
                </Menu.RadioItem>
              ),
            )}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Words({ item }: { readonly item: ActionItem }) {
  return (
    <span className={styles['words']}>
      {item.icon}
      <span className={styles['text']}>
        {item.label}
        {item.hint !== undefined && <span className={styles['hint']}>{item.hint}</span>}
      </span>
      {item.shortcut !== undefined && (
        <Kbd size="xs" visibleFrom="sm">
          {item.shortcut.toUpperCase()}
        </Kbd>
      )}
    </span>
  );
}
