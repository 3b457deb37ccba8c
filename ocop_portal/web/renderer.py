"""How every form of the portal is drawn: the templates under `templates/forms/`."""

from django.forms.renderers import TemplatesSetting


class PortalRenderer(TemplatesSetting):
    """`{{ form }}` gives an error summary and all fields; `{{ form.x.as_field_group }}` one."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    formset_template_name = "forms/formset.html"
