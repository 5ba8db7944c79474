import {registry} from "@web/core/registry";

let forget = () => undefined;

/** Show the answer of *Test*, in the place of the one before: only the last is true. */
function showTestAnswer(env, {params}) {
    forget();
    forget = env.services.notification.add(params.message, {
        title: params.title,
        type: params.type,
        sticky: params.sticky,
    });
}

registry.category("actions").add("outlook_calendar.test_answer", showTestAnswer);
