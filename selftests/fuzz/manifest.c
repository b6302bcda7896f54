// SPDX-License-Identifier: GPL-2.0-only
/*
 * Signed policies as shieldctl sees them: what the kernel takes for signed is
 * signed, and nobody is asked anything by what stands in a file.
 */
#include "../../shieldctl/manifest.h"

#include <openssl/err.h>
#include <openssl/ui.h>

#include "signer.h"

static int refuse(UI *ui, UI_STRING *question)
{
	(void)ui;
	(void)question;
	insist(false);
	return 0;
}

static void forbid_questions(void)
{
	UI_METHOD *method = UI_create_method("nobody");

	insist(method && !UI_method_set_writer(method, refuse) &&
	       !UI_method_set_reader(method, refuse));
	UI_set_default_method(method);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool is_ready;
	struct shield_envelope envelope;
	struct shield_error error = { 0 };
	struct text text = { 0 };
	bool is_signed;

	if (!is_ready)
		forbid_questions();
	is_ready = true;
	text_append(&text, (const char *)data, size);
	is_signed = manifest_is_signed(&text);
	if (!shield_envelope_open(text.data, size, &envelope, &error))
		insist(is_signed || !envelope.is_signed);
	if (manifest_is_by(&text, signer()))
		insist(size > strlen(SHIELD_ARMOR_BEGIN SHIELD_ARMOR_END));
	ERR_clear_error();
	text_free(&text);
	return 0;
}
