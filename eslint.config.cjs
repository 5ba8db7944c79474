// The package names resolve through NODE_PATH, which ./dev/test lint sets.
const globals = require("globals");
const js = require("@eslint/js");

module.exports = [
    js.configs.recommended,
    {
        // Odoo 19 makes a module of every file below static/src and static/tests.
        files: ["static/**/*.js"],
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: {...globals.browser, luxon: "readonly", odoo: "readonly"},
        },
        rules: {
            complexity: ["error", 10],
            "dot-notation": "error",
            eqeqeq: "error",
            "init-declarations": "error",
            "max-depth": "error",
            "no-alert": "error",
            "no-console": "error",
            "no-duplicate-imports": "error",
            "no-else-return": "error",
            "no-empty-function": "error",
            "no-eval": "error",
            "no-implicit-globals": "error",
            "no-implied-eval": "error",
            "no-lonely-if": "error",
            "no-param-reassign": "error",
            "no-return-assign": "error",
            "no-shadow": "error",
            "no-throw-literal": "error",
            "no-unneeded-ternary": "error",
            "no-unused-expressions": "error",
            "no-use-before-define": "error",
            // It contradicts init-declarations.
            "no-useless-assignment": "off",
            "no-useless-concat": "error",
            "no-var": "error",
            "operator-assignment": ["error", "always"],
            "prefer-const": "error",
            "prefer-template": "error",
            radix: "error",
            "spaced-comment": ["error", "always"],
            yoda: "error",
        },
    },
];
