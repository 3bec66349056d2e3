const { createConfig } = require('@openedx/frontend-build');

module.exports = createConfig('eslint', {
  rules: {
    // TypeScript checks the props, and that what is imported exists.
    'react/prop-types': 'off',
    'react/require-default-props': 'off',
    'import/no-unresolved': 'off',
    // With the automatic JSX runtime nothing has to import React.
    'react/react-in-jsx-scope': 'off',
    // What a module offers has a name, also if it is the only thing.
    'import/prefer-default-export': 'off',
  },
  overrides: [
    {
      files: ['**/*.test.*', 'src/testing/**', 'scripts/**', 'workbench/**', '*.js', '.eslintrc.js'],
      rules: {
        'import/no-extraneous-dependencies': 'off',
        'no-console': 'off',
      },
    },
  ],
  ignorePatterns: ['dist', 'workbench/dist', 'src/data/schema.ts', 'src/i18n/messages'],
});
