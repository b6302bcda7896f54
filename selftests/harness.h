/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A small harness in the manner of the kernel's kselftest_harness.h: tests,
 * fixtures, variants that differ in data only, results in TAP 13.
 *
 * Each test runs in a child in a process group of its own, of which nothing
 * survives it. EXPECT goes on after a failure, ASSERT goes to the teardown. A
 * block after either runs when it failed, to NOTE() more.
 *
 * With arguments only those tests run whose name contains one of them.
 */
#ifndef SHIELD_SELFTESTS_HARNESS_H
#define SHIELD_SELFTESTS_HARNESS_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Exit statuses of kselftest. */
#define HARNESS_PASS 0
#define HARNESS_FAIL 1
#define HARNESS_SKIP 4

/*
 * Seconds that one test may take, unless the environment says otherwise by
 * this name: kernels with sanitizers are many times slower.
 */
#define HARNESS_TIMEOUT 120
#define HARNESS_TIMEOUT_NAME "SHIELD_ONE_TEST_TIMEOUT"

struct harness_variant {
	const char *name;
	const void *data;
	struct harness_variant *next;
};

struct harness_fixture {
	const char *name;
	size_t size;
	void (*setup)(void *self, const void *variant);
	void (*teardown)(void *self, const void *variant);
	struct harness_variant *variants;
	struct harness_variant *last;
};

struct harness_test {
	const char *name;
	struct harness_fixture *fixture;
	void (*run)(void *self, const void *variant);
	struct harness_test *next;
};

struct harness_shared {
	char why_skipped[256];
};

extern struct harness_shared *harness_shared;
extern jmp_buf harness_leave;
extern bool harness_failed, harness_skipped;

void harness_add_test(struct harness_test *test);

/* Also for tables that are crossed with each other: call it in a constructor. */
void harness_add_variant(struct harness_fixture *fixture, const char *name,
			 const void *data);

void __attribute__((format(printf, 1, 2)))
harness_note(const char *format, ...);

#define NOTE(...) harness_note(__VA_ARGS__)

void __attribute__((noreturn)) harness_abort(void);
bool harness_check(bool good, const char *file, int line, const char *what);
bool harness_check_number(bool good, const char *file, int line,
			  const char *what, long long left, long long right);
bool harness_check_text(const char *file, int line, const char *what,
			const char *left, const char *right);

/* The program's exit status. */
int harness_run(int argc, char **argv);

#define HARNESS_NUMBER(a, op, b, after)                                 \
	for (long long left_ = (long long)(a), right_ = (long long)(b), \
		       bad_ = !harness_check_number(                    \
			       left_ op right_, __FILE__, __LINE__,     \
			       #a " " #op " " #b, left_, right_);       \
	     bad_; bad_ = 0, after)
#define HARNESS_TEXT(a, b, after)                                           \
	for (bool bad_ = !harness_check_text(__FILE__, __LINE__,            \
					     #a " to equal " #b, (a), (b)); \
	     bad_; bad_ = false, after)
#define HARNESS_TRUE(a, after)                                              \
	for (bool bad_ = !harness_check((a), __FILE__, __LINE__, #a); bad_; \
	     bad_ = false, after)

#define EXPECT_EQ(a, b) HARNESS_NUMBER(a, ==, b, (void)0)
#define EXPECT_NE(a, b) HARNESS_NUMBER(a, !=, b, (void)0)
#define EXPECT_LT(a, b) HARNESS_NUMBER(a, <, b, (void)0)
#define EXPECT_LE(a, b) HARNESS_NUMBER(a, <=, b, (void)0)
#define EXPECT_GT(a, b) HARNESS_NUMBER(a, >, b, (void)0)
#define EXPECT_GE(a, b) HARNESS_NUMBER(a, >=, b, (void)0)
#define EXPECT_TRUE(a) HARNESS_TRUE(a, (void)0)
#define EXPECT_FALSE(a) HARNESS_TRUE(!(a), (void)0)
#define EXPECT_STREQ(a, b) HARNESS_TEXT(a, b, (void)0)

#define ASSERT_EQ(a, b) HARNESS_NUMBER(a, ==, b, harness_abort())
#define ASSERT_NE(a, b) HARNESS_NUMBER(a, !=, b, harness_abort())
#define ASSERT_GT(a, b) HARNESS_NUMBER(a, >, b, harness_abort())
#define ASSERT_GE(a, b) HARNESS_NUMBER(a, >=, b, harness_abort())
#define ASSERT_TRUE(a) HARNESS_TRUE(a, harness_abort())

/* Leaves the test. A test that has failed before stays failed. */
#define SKIP(...)                                                           \
	do {                                                                \
		snprintf(harness_shared->why_skipped,                       \
			 sizeof(harness_shared->why_skipped), __VA_ARGS__); \
		harness_skipped = true;                                     \
		harness_abort();                                            \
	} while (0)

#define HARNESS_UNUSED __attribute__((unused))
#define HARNESS_AT_START __attribute__((constructor))

#define TEST(test_name)                                                        \
	static void test_name(void);                                           \
	static void test_name##_run(void *self HARNESS_UNUSED,                 \
				    const void *variant HARNESS_UNUSED)        \
	{                                                                      \
		test_name();                                                   \
	}                                                                      \
	static void HARNESS_AT_START test_name##_add(void)                     \
	{                                                                      \
		static struct harness_test entry = { .name = #test_name,       \
						     .run = test_name##_run }; \
		harness_add_test(&entry);                                      \
	}                                                                      \
	static void test_name(void)

#define FIXTURE(fixture_name)                               \
	struct fixture_name##_variant;                      \
	static struct harness_fixture fixture_name##_entry; \
	struct fixture_name##_self

#define FIXTURE_VARIANT(fixture_name) struct fixture_name##_variant

#define FIXTURE_VARIANT_ADD(fixture_name, variant_name)                        \
	static const struct fixture_name##_variant                             \
		fixture_name##_##variant_name;                                 \
	static void HARNESS_AT_START fixture_name##_##variant_name##_add(void) \
	{                                                                      \
		harness_add_variant(&fixture_name##_entry, #variant_name,      \
				    &fixture_name##_##variant_name);           \
	}                                                                      \
	static const struct fixture_name##_variant                             \
		fixture_name##_##variant_name =

#define HARNESS_FUNCTION(fixture_name, function)                         \
	static void fixture_name##_##function(                           \
		struct fixture_name##_self *self,                        \
		const struct fixture_name##_variant *variant);           \
	static void fixture_name##_##function##_run(void *self,          \
						    const void *variant) \
	{                                                                \
		fixture_name##_##function(self, variant);                \
	}

#define HARNESS_BODY(fixture_name, function)                     \
	static void fixture_name##_##function(                   \
		struct fixture_name##_self *self HARNESS_UNUSED, \
		const struct fixture_name##_variant *variant HARNESS_UNUSED)

#define FIXTURE_SETUP(fixture_name)           \
	HARNESS_FUNCTION(fixture_name, setup) \
	HARNESS_BODY(fixture_name, setup)

/* After the setup. */
#define FIXTURE_TEARDOWN(fixture_name)                         \
	HARNESS_FUNCTION(fixture_name, teardown)               \
	static struct harness_fixture fixture_name##_entry = { \
		.name = #fixture_name,                         \
		.size = sizeof(struct fixture_name##_self),    \
		.setup = fixture_name##_setup_run,             \
		.teardown = fixture_name##_teardown_run,       \
	};                                                     \
	HARNESS_BODY(fixture_name, teardown)

#define TEST_F(fixture_name, test_name)                                     \
	HARNESS_FUNCTION(fixture_name, test_name)                           \
	static void HARNESS_AT_START fixture_name##_##test_name##_add(void) \
	{                                                                   \
		static struct harness_test entry = {                        \
			.name = #test_name,                                 \
			.fixture = &fixture_name##_entry,                   \
			.run = fixture_name##_##test_name##_run,            \
		};                                                          \
		harness_add_test(&entry);                                   \
	}                                                                   \
	HARNESS_BODY(fixture_name, test_name)

#endif
